/// Checks that every element of a page is closed, that no name is given twice, and that every link within it leads somewhere.
enum PageChecker {
  static func problem(in page: String) -> String? {
    var open: [Substring] = []
    var ids: Set<Substring> = []
    var targets: Set<Substring> = []
    for match in page.matches(of: /<(?<end>\/?)(?<name>[A-Za-z0-9]+)(?<attributes>(?:\s+[A-Za-z:-]+="[^"<]*")*)(?<void>\/?)>/) {
      if match.end == "/" {
        guard open.popLast() == match.name else { return "</\(match.name)> closes another element" }
        continue
      }
      if match.void.isEmpty { open.append(match.name) }
      for attribute in match.attributes.matches(of: /([A-Za-z:-]+)="([^"]*)"/) {
        if attribute.1 == "id", !ids.insert(attribute.2).inserted { return "two elements are called \(attribute.2)" }
        if attribute.1 == "href", attribute.2.hasPrefix("#") { targets.insert(attribute.2.dropFirst()) }
      }
    }
    if !open.isEmpty { return "not closed: \(open)" }
    let lost = targets.subtracting(ids)
    if !lost.isEmpty { return "links to nowhere: \(lost)" }
    // Whatever is no tag was escaped.
    let rest = page.replacing(/<style>[^<]*<\/style>|<!DOCTYPE html>|<\/?[A-Za-z0-9]+(\s+[A-Za-z:-]+="[^"<]*")*\/?>/, with: "")
    return rest.contains("<") ? "a `<` that begins no element" : nil
  }
}
