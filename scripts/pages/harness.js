// Looks at a page in frames of several widths, and writes down what is wrong with it.
const problems = [];

function visibleColor(text) {
  const parts = text.match(/[\d.]+/g).map(Number);
  return parts.length > 3 && parts[3] === 0 ? null : parts;
}

function luminance([red, green, blue]) {
  const linear = [red, green, blue].map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

// WCAG's AA: text stands out from what is behind it by 4.5 to 1.
function checkContrast(view, document, say) {
  let least = 21;
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== "");
    if (!hasText || element.closest("svg")) continue;
    let behind = element;
    while (behind && !visibleColor(view.getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    const paper = behind ? visibleColor(view.getComputedStyle(behind).backgroundColor) : [255, 255, 255];
    const ratio = contrast(visibleColor(view.getComputedStyle(element).color), paper);
    least = Math.min(least, ratio);
    if (ratio < 4.5) say(`"${element.textContent.slice(0, 20)}" has a contrast of ${ratio.toFixed(2)}`);
  }
  return least;
}

function check(frame, expected) {
  const [view, document] = [frame.contentWindow, frame.contentDocument];
  const say = text => problems.push(`at ${frame.width} pixels: ${text}`);
  const width = document.documentElement.scrollWidth;
  if (width > frame.clientWidth) say(`the page is ${width} wide`);
  if (document.scripts.length > 0) say("it has scripts");
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || /^\s*javascript:/i.test(value)) say(`<${element.localName} ${name}="${value}">`);
      if (name === "src" && !value.startsWith("data:")) say(`it loads ${value}`);
      if ((name === "href") && element.localName !== "a" && !value.startsWith("#")) say(`<${element.localName}> leads to ${value}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
  if (new Set(ids).size < ids.length) say("two elements share a name");
  for (const link of document.querySelectorAll("[href^='#']")) {
    if (!document.getElementById(link.getAttribute("href").slice(1))) say(`${link.getAttribute("href")} leads nowhere`);
  }
  const pictures = [...document.querySelectorAll("figure svg")];
  if (pictures.length !== expected.pictures) say(`${pictures.length} pictures, not ${expected.pictures}`);
  for (const picture of pictures) {
    const [frame, drawn] = [picture.getBoundingClientRect(), picture.getBBox()];
    if (frame.width < 100 || frame.height < 50 || drawn.width < 50 || drawn.height < 25) say("a picture is empty");
    if (!picture.textContent.trim()) say("a picture says nothing");
  }
  const text = document.body.innerText + [...document.querySelectorAll("svg text")].map(element => element.textContent).join("\n");
  for (const part of expected.texts) if (!text.includes(part)) say(`its text lacks ${part}`);
  if (document.getElementById("hostile") || document.querySelector("main b, main i, main script, main img[src^=http]")) say("data became markup");
  const loaded = view.performance.getEntriesByType("resource");
  if (loaded.length > 0) say(`it loaded ${loaded[0].name}`);
  return checkContrast(view, document, say);
}

addEventListener("load", async () => {
  const expected = JSON.parse(document.getElementById("expected").textContent);
  let least = 21;
  for (const frame of document.querySelectorAll("iframe")) least = Math.min(least, check(frame, expected));
  // A link to a run opens the fold that holds its report.
  const frame = document.querySelector("iframe");
  for (const fold of frame.contentDocument.querySelectorAll("details")) {
    const name = fold.querySelector("[id]")?.id;
    if (!name) continue;
    frame.contentWindow.location.hash = "#" + name;
    await new Promise(resolve => setTimeout(resolve, 100));
    if (!fold.open) problems.push(`#${name} does not open its fold`);
  }
  const result = document.createElement("pre");
  result.id = "result";
  result.textContent = problems.length > 0 ? problems.join("\n") : `ok, least contrast ${least.toFixed(1)}`;
  document.body.append(result);
});
