# What the comments at the head of a notebook say: `want` is `title` (`# # TITLE`), `paper` (`# The paper: …`), or `question` (the first paragraph).

/^#/ && !ended {
  text = $0
  sub(/^# ?/, "", text)
  if (text ~ /^# / && title == "") {
    title = substr(text, 3)
  } else if (text ~ /^The paper: /) {
    paper = substr(text, 12)
  } else if (text == "") {
    if (question != "") closed = 1
  } else if (!closed) {
    question = question text "\n"
  }
  next
}

# The paper's numbers may also stand further down.
/^# The paper: / && paper == "" { paper = substr($0, 14) }

{ ended = title != "" }

END {
  if (title == "") { title = FILENAME; sub(/.*\//, "", title) }
  if (want == "title") print title
  if (want == "paper" && paper != "") print paper
  if (want == "question") printf "%s", question
}
