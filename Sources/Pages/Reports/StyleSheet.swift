/// How a report looks: light or dark as the reader's system is, narrow or wide, on paper.
///
/// No `<` and no `&`, so that the page is well-formed as XML too.
enum StyleSheet {
  static let text = """

    :root { color-scheme: light dark; --ink: #1c2530; --dim: #5a6573; --paper: #ffffff; --soft: #f4f6f8; --line: #d8dde3; --grid: #b9c0c9;
      --link: #0a5cc0; --error: #b3261e; --error-soft: #fdf0ef; --warning: #7a5200; --warning-soft: #fdf6e4;
      --keyword: #8a2ca8; --function: #0a5cc0; --option: #7a5200; --number: #0b6e6e; --string: #1c7430; --comment: #616a77;
      --sans: system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
      --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    @media (prefers-color-scheme: dark) { :root { --ink: #dfe5ec; --dim: #98a3b1; --paper: #14181d; --soft: #1c2229; --line: #343c46;
      --grid: #4d5763; --link: #78b4ff; --error: #ff9a92; --error-soft: #35201f; --warning: #e8bf6a; --warning-soft: #312814;
      --keyword: #d79bf0; --function: #78b4ff; --option: #e8bf6a; --number: #6fd3cf; --string: #86d396; --comment: #8a95a3; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: anywhere; }
    main { max-width: 58rem; margin: 0 auto; padding: 2rem 1.25rem 5rem; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .6em; text-wrap: balance; }
    h1 { font-size: 1.9rem; } h2 { font-size: 1.4rem; } h3 { font-size: 1.15rem; } h4, h5, h6 { font-size: 1rem; }
    header h1 { margin: .2em 0 .3em; }
    header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; margin-bottom: 1.75rem; }
    header p, header nav { margin: 0; color: var(--dim); font-size: .9rem; }
    .file { font-family: var(--mono); }
    a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
    blockquote { margin: 1em 0; padding: 0 1em; border-left: 3px solid var(--line); color: var(--dim); }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0; }
    img { max-width: 100%; }
    pre, code, .math { font-family: var(--mono); font-size: .875rem; }
    p code, li code, td code, h1 code, h2 code, h3 code { background: var(--soft); border-radius: 3px; padding: .1em .3em; font-size: .9em; }
    pre { margin: .75em 0; padding: .6em .9em; background: var(--soft); border-radius: 6px; overflow-x: auto; line-height: 1.5; tab-size: 4;
      overflow-wrap: normal; }
    .math.displayed { display: block; margin: 1em 0; text-align: center; white-space: pre-wrap; }
    .cells { margin: 1.25em 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
    .cells pre { margin: 0; border-radius: 0; }
    .cells .code { padding-left: 0; }
    .code + .code { padding-top: 0; }
    .code:has(+ .code) { padding-bottom: 0; }
    .line::before { content: attr(data-line); display: inline-block; width: 2.6rem; padding-right: .9rem; text-align: right; color: var(--comment);
      user-select: none; -webkit-user-select: none; }
    .line { scroll-margin-top: 2rem; }
    .line:target { background: color-mix(in srgb, var(--link) 18%, transparent); }
    .answer, .cells .note, .cells .error, .cells .warning, .cells .runs { padding-left: 2.6rem; padding-right: .9rem; }
    .answer pre, .cells pre.note { background: transparent; }
    pre.note { white-space: pre-wrap; overflow-wrap: anywhere; }
    .answer pre { padding: .6em 0; }
    .answer { padding-top: .1em; padding-bottom: .1em; }
    .note { color: var(--dim); }
    .cells pre.note { font-size: .8125rem; padding-top: .35em; padding-bottom: .35em; }
    .error { color: var(--error); background: var(--error-soft); }
    .warning { color: var(--warning); background: var(--warning-soft); }
    .runs { margin: 0; padding-top: .25em; padding-bottom: .5em; font-size: .9rem; }
    .ending { color: var(--error); font-weight: 600; }
    .s-keyword { color: var(--keyword); font-weight: 600; } .s-function { color: var(--function); } .s-option { color: var(--option); }
    .s-number { color: var(--number); } .s-string { color: var(--string); } .s-comment { color: var(--comment); font-style: italic; }
    .s-sign { color: var(--dim); }
    .scroll { margin: .75em 0; }
    table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .3em .65em; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: normal; }
    thead th { border-bottom: 2px solid var(--line); white-space: nowrap; }
    tbody th { font-weight: 500; color: var(--dim); white-space: nowrap; }
    td { white-space: pre-wrap; max-width: 40rem; } td.long { min-width: 13em; } td.short { white-space: nowrap; }
    #made td, .report td, #settings td { overflow-wrap: anywhere; }
    th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
    figure { margin: .75em 0; overflow-x: auto; }
    figure svg { display: block; min-width: 30rem; }
    figure svg text { font-family: var(--sans); }
    figure pre { line-height: 1.2; }
    figcaption { color: var(--dim); font-size: .875rem; }
    details { border: 1px solid var(--line); border-radius: 8px; margin: .75em 0; padding: 0 1rem; }
    summary { cursor: pointer; padding: .55em 0; font-weight: 500; }
    .report { scroll-margin-top: 4rem; padding-bottom: .5rem; }
    .report h4 { margin: 1.4em 0 .3em; }
    .back { margin: 0; font-size: .9rem; }
    @media (max-width: 40rem) { main { padding: 1.25rem .9rem 3rem; } h1 { font-size: 1.5rem; } .line::before { width: 1.9rem; padding-right: .6rem; }
      .answer, .cells .note, .cells .error, .cells .warning, .cells .runs { padding-left: .9rem; } }
    @media print { :root { --ink: #000; --dim: #444; --paper: #fff; --soft: #f5f5f5; --line: #bbb; --grid: #aaa; --link: #000; --error: #900;
        --error-soft: #fff; --warning: #640; --warning-soft: #fff; --keyword: #000; --function: #000; --option: #000; --number: #000;
        --string: #333; --comment: #555; }
      body { font-size: 10pt; } main { max-width: none; padding: 0; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      a { text-decoration: none; } .scroll, figure { overflow: visible; } td.long { overflow-wrap: anywhere; min-width: 0; }
      table { font-size: 8pt; } th, td { padding: .15em .4em; } details table, details pre { font-size: 6.5pt; }
      h1, h2, h3, h4, summary { break-after: avoid; } figure, tr, .answer pre { break-inside: avoid; }
      figure svg { min-width: 0; }
      details { border: 0; padding: 0; } details::details-content { content-visibility: visible; block-size: auto; } }

    """
}
