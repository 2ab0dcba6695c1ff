/* The evidence page. Data comes by E.add(name, piece): the index first, documents `d0`, entities `e0` and `claims` when they are
   wanted. Text of documents is only ever set as text, never as markup. */

window.E = (() => {
  const pieces = new Map();
  const waiting = new Map();

  function add(name, piece) {
    pieces.set(name, piece);
    waiting.get(name)?.(piece);
    waiting.delete(name);
  }

  function load(name) {
    if (pieces.has(name)) return Promise.resolve(pieces.get(name));
    return new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `data/${name}.js`;
      script.onerror = () => reject(new Error(`data/${name}.js is not beside this page`));
      document.head.append(script);
    });
  }

  // -- small things -------------------------------------------------------------------------------------------------------

  const byId = (id) => document.getElementById(id);

  /** An element with properties (`class`, `text`, `on…`, attributes) and children; null children are left out. */
  function el(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "text") element.textContent = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key === "class" ? "class" : key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const many = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;

  // -- the index ------------------------------------------------------------------------------------------------------------

  const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
  const FLAGS = { unsettled: 1, audited: 2, "under review": 4, changed: 8 };

  function unpack({ of, is }) {
    if (Uint8Array.fromBase64) return new ARRAYS[of](Uint8Array.fromBase64(is).buffer);
    const text = atob(is);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return new ARRAYS[of](bytes.buffer);
  }

  let index, column, total, firstRow, foldedStrings, foldedDocuments;

  function readIndex(data) {
    index = data;
    column = Object.fromEntries(Object.entries(data.columns).map(([name, packed]) => [name, unpack(packed)]));
    total = column.label.length;
    firstRow = new Uint32Array(data.documents.name.length + 1);
    data.documents.mentions.forEach((count, number) => { firstRow[number + 1] = firstRow[number] + count; });
  }

  const recordId = (row) => `r_${[column.high[row], column.low[row]].map((half) => half.toString(16).padStart(8, "0")).join("")}`;

  function rowOf(id) {
    const found = /^r_([0-9a-f]{8})([0-9a-f]{8})$/.exec(id);
    if (!found) return -1;
    const [high, low] = [parseInt(found[1], 16), parseInt(found[2], 16)];
    for (let row = column.high.indexOf(high); row >= 0; row = column.high.indexOf(high, row + 1)) {
      if (column.low[row] === low) return row;
    }
    return -1;
  }

  function documentOf(row) {
    let low = 0;
    let high = firstRow.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (firstRow[middle] <= row) low = middle;
      else high = middle;
    }
    return low;
  }

  const labelOf = (row) => index.labels[column.label[row]];
  const titleOf = (number) => index.documents.title[number] || index.documents.name[number];

  // -- search and facets --------------------------------------------------------------------------------------------------------

  // A facet: its heading, the values there are, and how a row's value is read; `most` are shown, the most frequent first.
  const facets = [
    { name: "label", values: () => index.labels, of: (row) => column.label[row], most: 30, open: true },
    { name: "role or measure", values: () => index.kinds, of: (row) => column.kind[row], most: 30, open: true },
    { name: "to look at", values: () => Object.keys(FLAGS), bits: true, most: 9, open: true },
    { name: "name or value", values: () => index.strings, of: (row) => column.normal[row], most: 25 },
    { name: "document", values: () => index.documents.name, perDocument: true, most: 25 },
    { name: "rule or model", values: () => index.rules, of: (row) => column.rule[row], most: 25 },
  ];
  const chosen = facets.map(() => new Set());
  let rows = new Uint32Array(0);
  let shown = 0;

  /** For each string and document the words of the query that it has, as bits, and the bits of all words. */
  function hits(query) {
    const words = fold(query).split(/\s+/).filter(Boolean).slice(0, 8);
    if (!words.length) return null;
    foldedStrings ??= index.strings.map(fold);
    foldedDocuments ??= index.documents.name.map((name, number) => fold(`${name} ${index.documents.title[number] || ""}`));
    const bits = (texts) => Uint8Array.from(texts, (text) => words.reduce((sum, word, n) => sum | (text.includes(word) << n), 0));
    return { strings: bits(foldedStrings), documents: bits(foldedDocuments), all: (1 << words.length) - 1 };
  }

  /** Which values of a facet are wanted, as bytes; null: all. */
  function wanted(facet) {
    if (!chosen[facet].size) return null;
    const bytes = new Uint8Array(facets[facet].values().length);
    for (const value of chosen[facet]) bytes[value] = 1;
    return bytes;
  }

  /** The rows that fit, and for each facet how many of them have each value. */
  function filter(query) {
    const words = hits(query);
    const counts = facets.map((facet) => new Uint32Array(facet.values().length));
    const found = new Uint32Array(total);
    const [labels, kinds, , normals, documents, rules] = facets.map((_, facet) => wanted(facet));
    const bits = [...chosen[2]].reduce((sum, number) => sum | Object.values(FLAGS)[number], 0);
    const [byLabel, byKind, byFlag, byNormal, byDocument, byRule] = counts;
    const { label, kind, flags, normal, text, rule } = column;
    let number = 0;
    for (let d = 0; d < firstRow.length - 1; d++) {
      if (documents && !documents[d]) continue;
      const before = number;
      for (let row = firstRow[d]; row < firstRow[d + 1]; row++) {
        if (labels && !labels[label[row]]) continue;
        if (kinds && !kinds[kind[row]]) continue;
        if (bits && !(flags[row] & bits)) continue;
        if (normals && !normals[normal[row]]) continue;
        if (rules && !rules[rule[row]]) continue;
        if (words && (words.strings[text[row]] | words.strings[normal[row]] | words.documents[d]) !== words.all) continue;
        found[number++] = row;
        byLabel[label[row]]++;
        byKind[kind[row]]++;
        byNormal[normal[row]]++;
        byRule[rule[row]]++;
        const flag = flags[row];
        if (flag) for (let bit = 0; bit < 4; bit++) byFlag[bit] += (flag >> bit) & 1;
      }
      byDocument[d] = number - before;
    }
    return { rows: found.subarray(0, number), counts };
  }

  /** The values of a facet to be shown: what is chosen, then the most frequent; and how many others there are. */
  function topOf(facet, counts) {
    const values = facets[facet].values();
    const { most } = facets[facet];
    const top = [];
    let there = 0;
    let least = 0;
    for (let v = 0; v < counts.length; v++) {
      if (!counts[v] || !values[v]) continue;
      there++;
      if (top.length === most && counts[v] <= least) continue;
      top.push(v);
      top.sort((a, b) => counts[b] - counts[a] || a - b);
      if (top.length > most) top.pop();
      least = counts[top.at(-1)];
    }
    return { shown: [...new Set([...chosen[facet], ...top])], others: there - top.length };
  }

  function search() {
    const found = filter(byId("search").value);
    rows = found.rows;
    shown = 0;
    byId("count").textContent = `${many(rows.length, "mention")} of ${total.toLocaleString("en")}`;
    byId("results").replaceChildren();
    showMore();
    showFacets(found.counts);
  }

  function showMore() {
    const next = rows.subarray(shown, shown + 200);
    shown += next.length;
    byId("results").append(...Array.from(next, resultItem));
    byId("more").hidden = shown >= rows.length;
  }

  function resultItem(row) {
    const normal = index.strings[column.normal[row]];
    const text = index.strings[column.text[row]];
    const flags = Object.entries(FLAGS).filter(([, bit]) => column.flags[row] & bit).map(([name]) => name);
    return el("li", {}, el("a", { href: `#${recordId(row)}`, "data-row": row, "aria-current": row === current ? "true" : null },
      el("span", { class: `label ${labelClass(row)}`, text: labelOf(row) }),
      el("b", { text }),
      normal !== text ? el("span", { class: "normal", text: normal }) : null,
      el("small", { text: [titleOf(documentOf(row)), ...flags].join(" · ") })));
  }

  function showFacets(counts) {
    const open = new Set([...byId("facets").querySelectorAll("details[open]")].map((details) => details.dataset.name));
    const isNew = !byId("facets").childElementCount;
    byId("facets").replaceChildren(...facets.map((facet, f) => {
      const values = facet.values();
      const top = topOf(f, counts[f]);
      const boxes = top.shown.map((v) => el("label", {},
        el("input", { type: "checkbox", checked: chosen[f].has(v), onchange: (event) => choose(f, v, event.target.checked) }),
        el("span", { text: facet.perDocument ? titleOf(v) : values[v] }), el("small", { text: counts[f][v].toLocaleString("en") })));
      const rest = top.others ? el("small", { text: `and ${many(top.others, "other")}: search for them` }) : null;
      return el("details", { "data-name": facet.name, open: isNew ? facet.open : open.has(facet.name), hidden: !boxes.length },
        el("summary", { text: facet.name }), ...boxes, rest);
    }));
  }

  function choose(facet, value, isChosen) {
    if (isChosen) chosen[facet].add(value);
    else chosen[facet].delete(value);
    search();
  }

  // -- a document -----------------------------------------------------------------------------------------------------------------

  const SPECIAL = ["DATE", "PERCENT", "SEATS", "PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW"];
  const labelClass = (row) => (SPECIAL.includes(labelOf(row)) ? `l-${labelOf(row)}` : "l-OTHER");

  let current = -1;
  let openDocument = -1;
  let isRaw = false;

  async function documentData(number) {
    const shard = index.documents.shard[number];
    const piece = await load(`d${shard}`);
    return piece[number - index.documents.shard.indexOf(shard)];
  }

  async function showDocument(number) {
    const data = await documentData(number);
    openDocument = number;
    byId("switch").disabled = data.raw === null;
    byId("switch").setAttribute("aria-pressed", String(isRaw && data.raw !== null));
    const published = index.documents.published[number];
    const head = el("header", {}, el("h2", { text: titleOf(number) }),
      el("p", { class: "about", text: [index.documents.name[number], data.format, published, many(data.mentions.length, "mention")].filter(Boolean).join(" · ") }),
      data.why ? el("p", { class: "note", text: `Only the sentences of its records: ${data.why}` }) : null,
      ...data.warnings.map((warning) => el("p", { class: "note", text: warning })),
      data.audit.length ? auditList(data) : null);
    const body = isRaw && data.raw !== null ? rawBody(data, number) : readBody(data, number);
    byId("document").replaceChildren(head, body);
    byId("document").scrollTop = 0;
  }

  function auditList(data) {
    return el("details", { class: "audit", open: true }, el("summary", { text: `${many(data.audit.length, "contradiction")} of its figures` }),
      el("ul", {}, ...data.audit.map((line) => el("li", {}, `${line.message} `,
        ...line.records.map((id, number) => el("a", { href: `#${id}`, text: `[${number + 1}]` }))))));
  }

  /** Pieces of text[start:end]: what a mention covers is a span that knows which, what several cover is told apart by lines. */
  function marked(text, start, end, spans, first) {
    const inside = spans.filter((span) => span[0] < end && span[1] > start);
    const cuts = [...new Set([start, end, ...inside.flatMap((span) => [Math.max(start, span[0]), Math.min(end, span[1])])])].sort((a, b) => a - b);
    return cuts.slice(0, -1).map((from, number) => {
      const to = cuts[number + 1];
      const over = inside.filter((span) => span[0] <= from && span[1] >= to);
      if (!over.length) return text.slice(from, to);
      over.sort((a, b) => (b[1] - b[0]) - (a[1] - a[0]));
      const row = first + over.at(-1)[2];
      return el("mark", {
        class: `${labelClass(first + over[0][2])}${over.length > 1 ? ` nested u-${labelOf(row)}` : ""}`,
        "data-rows": over.map((span) => first + span[2]).join(" "), "data-row": row, title: over.map((span) => labelOf(first + span[2])).join(", "),
        text: text.slice(from, to),
      });
    });
  }

  function rawBody(data, number) {
    const spans = data.mentions.map((mention, m) => [mention[2], mention[3], m]);
    return el("pre", { class: "raw" }, ...inOrder(data.raw, spans, firstRow[number]));
  }

  /** `marked` for long texts: the mentions come in order, so that each stretch looks at its own only. */
  function inOrder(text, spans, first) {
    const groups = [];
    for (const span of spans) {
      const last = groups.at(-1);
      if (last && span[0] < last.end) {
        last.spans.push(span);
        last.end = Math.max(last.end, span[1]);
      } else groups.push({ start: span[0], end: span[1], spans: [span] });
    }
    const parts = [];
    let at = 0;
    for (const group of groups) {
      parts.push(text.slice(at, group.start), ...marked(text, group.start, group.end, group.spans, first));
      at = group.end;
    }
    return [...parts, text.slice(at)];
  }

  function readBody(data, number) {
    const spans = data.mentions.map((mention, m) => [mention[0], mention[1], m]);
    const body = el("div", { class: "read" });
    let at = 0;
    let table = null;
    for (const [start, end, kind, level, extra] of data.blocks) {
      while (at < spans.length && spans[at][1] <= start) at++;
      let last = at;
      while (last < spans.length && spans[last][0] < end) last++;
      const text = marked(data.text, start, end, spans.slice(at, last), firstRow[number]);
      if (kind === "cell" && extra) {
        if (table?.number !== extra[0]) {
          table = { number: extra[0], row: -1, element: el("table") };
          body.append(el("div", { class: "table", tabindex: "0", role: "region", "aria-label": `Table ${extra[0] + 1}` }, table.element));
        }
        while (table.row < extra[1]) {
          table.row++;
          table.element.append(el("tr"));
        }
        const row = table.element.lastElementChild;
        while (row.childElementCount < extra[2]) row.append(el("td"));
        row.append(el(extra[3] ? "th" : "td", {}, ...text));
        continue;
      }
      table = null;
      body.append(blockElement(kind, level, extra, text));
    }
    return body;
  }

  function blockElement(kind, level, extra, text) {
    if (kind === "title" || kind === "heading") return el(`h${Math.min(6, (level || 1) + 2)}`, {}, ...text);
    if (kind === "field") return el("p", { class: "field" }, el("span", { class: "key", text: `${extra}: ` }), el("span", {}, ...text));
    if (kind === "list_item") return el("p", { class: "item", style: null, "data-level": level || 1 }, ...text);
    if (kind === "quotation") return el("blockquote", {}, ...text);
    return el("p", { class: kind }, ...text);
  }

  // -- a record -------------------------------------------------------------------------------------------------------------------

  async function showRecord(row) {
    const number = documentOf(row);
    current = row;
    if (number !== openDocument || !byId("document").querySelector("mark, .read, .raw")) await showDocument(number);
    if (row !== current) return;
    for (const mark of byId("document").querySelectorAll("mark")) {
      mark.classList.toggle("current", mark.dataset.rows.split(" ").includes(String(row)));
    }
    byId("document").querySelector("mark.current")?.scrollIntoView({ block: "center" });
    for (const link of byId("results").querySelectorAll("a")) {
      if (Number(link.dataset.row) === row) {
        link.setAttribute("aria-current", "true");
        link.scrollIntoView({ block: "nearest" });
      } else link.removeAttribute("aria-current");
    }
    const data = await documentData(number);
    const parts = await recordParts(row, number, data);
    if (row !== current) return; // somebody went on meanwhile
    byId("record").replaceChildren(...parts);
    byId("record").scrollTop = 0;
  }

  const EMPTY = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

  async function recordParts(row, number, data) {
    const [start, end, rawStart, rawEnd, section, record, steps] = data.mentions[row - firstRow[number]];
    const id = recordId(row);
    const { value } = record;
    const fields = Object.entries(value).filter(([key, each]) => !EMPTY(each) && !["party", "subject", "entity"].includes(key));
    const owners = [...(value.party || []), ...(value.subject ? [value.subject] : [])];
    const entities = [...new Set([value.entity, ...owners.map((owner) => owner.entity)].filter(Boolean))];
    const lost = data.lost.filter((each) => each[0] < end && each[1] > start);
    const audit = data.audit.filter((line) => line.records.includes(id));
    const quote = data.raw === null ? null : data.raw.slice(rawStart, rawEnd);
    const text = data.text.slice(start, end);
    const parts = [
      el("h2", {}, el("span", { class: `label ${labelClass(row)}`, text: labelOf(row) }), ` ${text}`),
      el("p", {}, el("a", { href: `#${id}`, text: id })),
      markButtons(row, number, record),
      definitions([
        ...fields.map(([key, each]) => [key, String(each)]),
        ...owners.map((owner) => ["whose", owner.name + (value.each ? " (each)" : "")]),
      ]),
      heading("Where"),
      definitions([
        ["document", titleOf(number)],
        ["section", data.sections[section].join(" › ")],
        ["line", `${record.line}, characters ${record.start} to ${record.end}`],
        ["place", record.locator ? Object.entries(record.locator).map(([key, each]) => `${key} ${each}`).join(", ") : ""],
        ["raw", quote !== null && quote !== text ? quote : ""],
      ]),
      heading("Why"),
      definitions([["found by", `${record.component}: ${index.rules[column.rule[row]]}`]]),
      steps.length ? el("ol", { class: "steps" }, ...steps.map((step) => el("li", { text: step }))) : null,
      record.from?.length ? el("p", {}, "from ", ...record.from.map((origin) => recordLink(origin))) : null,
      index.explained || steps.length ? null : el("p", { class: "empty", text: "Signs and weights: make the page with --explain." }),
      ...listed("Lost", lost.map((each) => `${each[2]} ${each[3]} (${each[4]}): ${each[5]}`)),
      ...listed("Audit", audit.map((line) => line.message)),
    ];
    for (const entity of entities) parts.push(...(await entityParts(entity)));
    return parts.filter(Boolean);
  }

  const heading = (text) => el("h3", { text });
  const listed = (name, lines) => (lines.length ? [heading(name), el("ul", {}, ...lines.map((line) => el("li", { text: line })))] : []);

  function definitions(pairs) {
    const there = pairs.filter(([, value]) => !EMPTY(value));
    return there.length ? el("dl", {}, ...there.flatMap(([key, value]) => [el("dt", { text: key }), el("dd", { text: value })])) : null;
  }

  function recordLink(id) {
    const row = rowOf(id);
    return el("a", { href: `#${id}`, class: "origin", text: row < 0 ? id : index.strings[column.text[row]] });
  }

  async function entityParts(id) {
    let shard = index.entities.length - 1;
    while (shard > 0 && index.entities[shard] > id) shard--;
    const entity = shard < 0 ? null : (await load(`e${shard}`))[id];
    if (!entity) return [];
    const variants = entity.variants.map(([text, count, link, reason, score, first]) => el("li", {},
      el("a", { href: `#${first}`, text }), ` ×${count} `, el("small", { text: `${link}, ${score}: ${reason}` })));
    const pairs = entity.pairs.map((pair) => el("li", {}, `${pair.a.text} = ${pair.b.text}? `,
      el("small", { text: `${pair.score}: ${pair.reasons.join("; ")}` }), pairButtons(pair)));
    return [heading(entity.name),
      el("p", { class: "about", text: `${entity.label}, ${many(entity.mentions, "mention")} in ${many(entity.documents, "document")}` }),
      el("ul", {}, ...variants), ...(pairs.length ? [el("h4", { text: "Under review" }), el("ul", {}, ...pairs)] : [])];
  }

  // -- marks ------------------------------------------------------------------------------------------------------------------------

  const KEPT = `extract marks ${location.pathname}`;
  let marks = { records: {}, pairs: {} };
  try { marks = { ...marks, ...JSON.parse(localStorage.getItem(KEPT)) }; } catch { /* a browser that keeps nothing */ }

  function keep() {
    try { localStorage.setItem(KEPT, JSON.stringify(marks)); } catch { /* likewise */ }
    byId("save").disabled = !Object.keys(marks.records).length && !Object.keys(marks.pairs).length;
  }

  function mark(row, number, record, word, change = {}) {
    const id = recordId(row);
    if (marks.records[id]?.mark === word && word !== "edit") delete marks.records[id];
    else {
      marks.records[id] = {
        record: id, mark: word, document: index.documents.name[number], label: labelOf(row),
        start: record.start, end: record.end, value: record.value, ...change,
      };
    }
    keep();
    showRecord(row);
  }

  function markButtons(row, number, record) {
    const given = marks.records[recordId(row)];
    const button = (word) => el("button", { type: "button", "data-mark": word, "aria-pressed": String(given?.mark === word), text: word,
      onclick: () => (word === "edit" ? editor(row, number, record) : mark(row, number, record, word)) });
    return el("div", { class: "marks", id: "marks" }, button("ok"), button("wrong"), button("edit"));
  }

  function editor(row, number, record) {
    const given = marks.records[recordId(row)] || record;
    const label = el("select", { "aria-label": "Label" }, ...index.labels.filter(Boolean).map((name) =>
      el("option", { text: name, selected: name === (given.label || labelOf(row)) })));
    const value = el("textarea", { "aria-label": "Value, as JSON", rows: 10 });
    value.value = JSON.stringify(given.value, null, 1);
    const fault = el("p", { class: "note", role: "alert" });
    const done = el("button", { type: "button", text: "done", onclick: () => {
      try { mark(row, number, record, "edit", { label: label.value, value: JSON.parse(value.value) }); }
      catch (error) { fault.textContent = `No JSON: ${error.message}`; }
    } });
    byId("marks").after(el("div", { class: "editor" }, label, value, fault, done));
    value.focus();
  }

  function pairButtons(pair) {
    const button = (word) => el("button", { type: "button", "aria-pressed": String(marks.pairs[pair.key]?.answer === word), text: word,
      onclick: () => {
        marks.pairs[pair.key] = { key: pair.key, answer: word };
        keep();
        showRecord(current);
      } });
    return el("span", { class: "marks" }, button("same"), button("different"), button("undecided"));
  }

  function save() {
    const files = { "marks.jsonl": Object.values(marks.records), "answers.jsonl": Object.values(marks.pairs) };
    for (const [name, lines] of Object.entries(files)) {
      if (!lines.length) continue;
      const blob = new Blob(lines.map((line) => `${JSON.stringify(line)}\n`), { type: "application/jsonl" });
      const link = el("a", { href: URL.createObjectURL(blob), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }
  }

  // -- the summary --------------------------------------------------------------------------------------------------------------------

  async function showSummary() {
    current = openDocument = -1;
    byId("switch").disabled = true;
    const counts = new Uint32Array(index.labels.length);
    for (let row = 0; row < total; row++) counts[column.label[row]]++;
    const labels = index.labels.map((name, number) => [name, counts[number]]).filter(([, count]) => count).sort((a, b) => b[1] - a[1]);
    const { manifest } = index;
    byId("document").replaceChildren(
      el("h2", { text: "Summary" }),
      el("p", { class: "about", text: `extract ${manifest.version}, model ${manifest.model}, ${many(manifest.counts.sentences || 0, "sentence")}` }),
      bars("Records by label", labels), years(),
      await claimTables(), documentList(), failureList());
    byId("record").replaceChildren(el("p", { class: "empty", text: "Choose a mention." }));
    byId("document").scrollTop = 0;
  }

  function bars(name, pairs) {
    const most = Math.max(1, ...pairs.map(([, count]) => count));
    return el("section", {}, heading(name), el("table", { class: "bars" }, ...pairs.map(([text, count]) => el("tr", {},
      el("th", { scope: "row", text }), el("td", { text: count.toLocaleString("en") }),
      el("td", {}, el("meter", { min: 0, max: most, value: count, "aria-hidden": "true" }))))));
  }

  function years() {
    const all = Object.entries(index.years).map(([year, count]) => [Number(year), count]);
    if (!all.length) return null;
    const counts = new Map(all);
    const sorted = all.map(([year]) => year).sort((a, b) => a - b);
    const first = Math.max(sorted[0], sorted.at(-1) - 120);
    const last = sorted.at(-1);
    const most = Math.max(...all.map(([, count]) => count));
    const columns = [];
    for (let year = first; year <= last; year++) columns.push([year, counts.get(year) || 0]);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `0 0 ${columns.length * 10} 60`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `Dates by year: ${all.map(([year, count]) => `${year}: ${count}`).join(", ")}`);
    columns.forEach(([year, count], number) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const height = count && Math.max(1, (58 * Math.sqrt(count)) / Math.sqrt(most));
      for (const [key, value] of Object.entries({ x: number * 10 + 1, y: 60 - height, width: 8, height })) bar.setAttribute(key, value);
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = `${year}: ${count}`;
      bar.append(title);
      svg.append(bar);
    });
    return el("section", { class: "years" }, heading("Dates by year"), svg,
      el("p", { class: "about" }, el("span", { text: first }), el("span", { text: last })));
  }

  async function claimTables() {
    const claims = await load("claims");
    if (!claims.length) return null;
    const elections = grouped(claims, (entry) => entry.election);
    const parts = [...elections].slice(0, 50).map(([election, entries]) => {
      const kinds = [...new Set(entries.map((entry) => entry.kind))];
      const parties = [...new Set(entries.map((entry) => entry.party))];
      const cell = (party, kind) => {
        const entry = entries.find((each) => each.party === party && each.kind === kind);
        if (!entry) return el("td");
        const groups = [...grouped(entry.claims, (claim) => `${claim.shown}|${claim.wording}|${claim.by}`).values()];
        const told = groups.slice(0, 12).map(([claim, ...others]) => el("li", {},
          el("a", { href: `#${claim.record}`, text: claim.shown }),
          el("small", { text: [claim.wording === "stated" ? "" : claim.wording, claim.by, claim.published,
            others.length ? `and ${others.length} more` : ""].filter(Boolean).join(", ") })));
        if (groups.length > 12) told.push(el("li", {}, el("small", { text: `and ${groups.length - 12} others: extract claims` })));
        const warning = entry.differ ? el("strong", { class: "differ", text: "≠ differ" }) : null;
        return el("td", {}, warning, el("ul", {}, ...told), ...entry.audit.map((text) => el("p", { class: "note", text })));
      };
      return el("section", {}, el("h4", { text: election }), el("div", { class: "table", tabindex: "0", role: "region", "aria-label": election },
        el("table", { class: "claims" },
          el("tr", {}, el("th", { text: "" }), ...kinds.map((kind) => el("th", { scope: "col", text: kind }))),
          ...parties.map((party) => el("tr", {}, el("th", { scope: "row", text: party }), ...kinds.map((kind) => cell(party, kind)))))));
    });
    return el("section", {}, heading("Figures, side by side"), ...parts,
      elections.size > 50 ? el("p", { class: "about", text: `and ${elections.size - 50} elections more: extract claims` }) : null);
  }

  function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (groups.has(key)) groups.get(key).push(item);
      else groups.set(key, [item]);
    }
    return groups;
  }

  function documentList() {
    const { name, published, mentions } = index.documents;
    const items = name.slice(0, 500).map((_, number) => el("li", {}, el("a", { href: `#d${number}`, text: titleOf(number) }),
      el("small", { text: ` ${[published[number], many(mentions[number], "mention")].filter(Boolean).join(" · ")}` })));
    const rest = name.length - items.length;
    return el("section", {}, heading(many(name.length, "document")), el("ul", {}, ...items),
      rest > 0 ? el("p", { class: "about", text: `and ${rest} more: search by name` }) : null);
  }

  function failureList() {
    return index.failures.length ? el("section", {}, heading(`${many(index.failures.length, "document")} failed`), el("ul", {},
      ...index.failures.map((line) => el("li", { text: `${line.document} (${line.stage}): ${line.error}. ${line.hint}` })))) : null;
  }

  // -- going about ----------------------------------------------------------------------------------------------------------------------

  function view(name) {
    document.body.dataset.view = name;
    for (const button of document.querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", String(button.dataset.show === name));
  }

  async function go() {
    const place = decodeURIComponent(location.hash.slice(1));
    try {
      const row = rowOf(place);
      if (row >= 0) await showRecord(row);
      else if (/^d\d+$/.test(place) && Number(place.slice(1)) < index.documents.name.length) {
        current = -1;
        await showDocument(Number(place.slice(1)));
      } else await showSummary();
    } catch (error) {
      byId("document").replaceChildren(el("p", { class: "note", role: "alert", text: error.message }));
    }
  }

  /** To the next mention (1) or the one before (-1) among those that fit; in them all where the current one does not fit. */
  function step(direction) {
    if (!rows.length) return;
    const at = rows.indexOf(current);
    const next = at < 0 ? (direction > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + direction));
    while (shown <= next && shown < rows.length) showMore();
    current = rows[next]; // at once: the next key may be pressed before the record is shown
    location.hash = recordId(current);
  }

  async function switchRaw() {
    if (byId("switch").disabled) return;
    isRaw = !isRaw;
    await showDocument(openDocument);
    if (current >= 0) await showRecord(current);
  }

  const press = (word) => byId("marks")?.querySelector(`[data-mark="${word}"]`)?.click();
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => { view("list"); byId("search").focus(); },
    r: switchRaw,
    o: () => press("ok"),
    w: () => press("wrong"),
    e: () => press("edit"),
    Escape: () => { location.hash = ""; },
  };

  function start() {
    readIndex(pieces.get("index"));
    byId("about").textContent = `${many(index.documents.name.length, "document")}, ${many(total, "mention")}`;
    let timer;
    byId("search").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 60); });
    byId("more").addEventListener("click", showMore);
    byId("switch").addEventListener("click", switchRaw);
    byId("save").addEventListener("click", save);
    byId("help").addEventListener("click", () => {
      byId("keys").hidden = !byId("keys").hidden;
      byId("help").setAttribute("aria-expanded", String(!byId("keys").hidden));
    });
    byId("results").addEventListener("click", (event) => { if (event.target.closest("a")) view("document"); });
    byId("document").addEventListener("click", (event) => {
      const place = event.target.closest("mark");
      if (place) {
        location.hash = recordId(Number(place.dataset.row));
        view("record");
      }
    });
    for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => view(button.dataset.show));
    window.addEventListener("hashchange", go);
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.matches("input[type=search], textarea, select")) {
        if (event.key === "Escape") event.target.blur();
        return;
      }
      if (KEYS[event.key]) {
        event.preventDefault();
        KEYS[event.key]();
      }
    });
    keep();
    view("document");
    search();
    go();
  }

  return { add, start, filter, unpack, get total() { return total; } };
})();
