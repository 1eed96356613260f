# A notebook's output as Markdown: its tables stand as they are, all else in code fences. `found:` and `held:` are told elsewhere.

function open_fence() { if (!fenced) print "\n```text"; fenced = 1 }
function close_fence() { if (fenced) print "```"; fenced = 0 }

{ line[NR] = $0 }

END {
  for (i = 1; i <= NR; i++) {
    if (line[i] ~ /^(found|held): /) continue
    if (line[i] ~ /^\|.*\|$/ && line[i + 1] ~ /^\|( :?-+:? \|)+$/) {
      close_fence()
      print ""
      for (; line[i] ~ /^\|.*\|$/; i++) print line[i]
      i--
    } else if (line[i] != "" || fenced) {
      open_fence()
      print line[i]
    }
  }
  close_fence()
}
