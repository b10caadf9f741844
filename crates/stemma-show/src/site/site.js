// What is pleasant on a served page, and not needed: progress as it comes, and sentences that open what
// other tellings say beside them.
"use strict";

const work = document.querySelector("#work[data-progress]");
if (work) {
  const said = work.querySelector("[role=status]");
  const progress = new EventSource(work.dataset.progress);
  progress.addEventListener("progress", (event) => {
    const job = JSON.parse(event.data);
    if (said.textContent !== job.doing) said.textContent = job.doing;
    if (job.over) {
      progress.close();
      location.reload();
    }
  });
}

const TOLD = ".s.disputed, .s.corrupted, .s.updated, .s.corroborated, .s.echoed";
for (const paragraph of document.querySelectorAll(".par")) {
  const notes = paragraph.querySelectorAll("details.note");
  if (notes.length === 0) continue;
  for (const sentence of paragraph.querySelectorAll(TOLD)) {
    sentence.classList.add("opens");
    sentence.addEventListener("click", () => {
      if (String(getSelection())) return;
      const mark = [...sentence.classList].find((name) => name !== "s" && name !== "opens");
      const same = [...notes].filter((note) => note.querySelector(`.st.${mark}`));
      const chosen = same.length > 0 ? same : [...notes];
      const open = chosen.every((note) => note.open);
      for (const note of chosen) note.open = !open;
    });
  }
}
