"""Writes ../variants.jsonl: what `dynamicprompts` 0.31.0 makes of templates in the grammar that both share, then the
project's own cases (own.jsonl), which the package does not support.

    python3 -m venv /tmp/variants && /tmp/variants/bin/pip install dynamicprompts==0.31.0
    /tmp/variants/bin/python tests/corpus/variants/regenerate.py

Needed only to rewrite the file; the templates are the same each time. Left out of the shared grammar: what only one
side supports (`#` and `//` comments, variables, `%{`, samplers, escapes); templates of which the package makes nothing
(`{2$$a|a}`) where ours makes the one option; and an open count before a single list (`{2-$$__colour__}`), where the
package counts the list as one option. Lists must be sorted, because the package sorts them.
"""

import json
import logging
import random
from pathlib import Path

from dynamicprompts.generators import CombinatorialPromptGenerator
from dynamicprompts.wildcards import WildcardManager
from pyparsing import ParseException

HERE = Path(__file__).parent
MOST = 24
LISTS = {
    "colour": ["blue", "green", "red"],
    "light": ["hard light", "soft light"],
    "place/indoors": ["a loft", "a small café", "the kitchen"],
    "one": ["only this"],
    "long": [f"thing {number:02}" for number in range(30)],
}

# By hand: each says something about the grammar.
TEMPLATES = """
{red|green|blue}
a {red|blue} dress
{2$$red|green|blue}
{1-2$$ and $$red|green|blue}
{-2$$a|b|c}
{2-$$a|b|c}
{3-1$$a|b|c}
{0-1$$a|b}
{0$$a|b}
{5$$a|b}
{1$$a|b}
{01$$a|b}
{2-2$$a|b|c}
{0-3$$a|b}
{1-2$$a}
{2$$}
{2$$ $$}
{}
a {} b
{|x}
{x|}
{|}
{||}
{a||b}
{2$$a|}
{2$$|a|b}
{3$$|a|b}
{a|a|b}
{2$$a|a|b}
{2$$a|b|a}
{ red | blue } dress
{ {a|b} }
{a |b } c
{2$$ a |b}
{2$$ a | b }
{2$$  ; $$ a | b }
{2$$ $$a|b}
{2$$|$$a|b}
{2$$a b$$c|d}
{2$$and$$a|b}
{2$$, $$a|b|c}, {x|y}
{2$$-$$a|{b|c}}
{a|{b|{c|d}}}
{a|{a|b}}
{ab|a{b|c}}
{2$${a|b}|{a|c}}
{2$${2::a|b}|{a|b}}
{x|{a|ab}{b|}}
{a{1|2|3}|b{1|2}}{x|y}
{0.5::a|b}
{.5::a|2.::b|3::c}
{ 2:: a|b}
{1.5::a}
{5::|x}
{1::1::a|b}
{1:: a|b}
{1 ::a|b}
{0::a|b}
{x::y|z}
{a:b|c::d}
{1e3::a|b}
{a-1|b}
{ü|日本|🙂}
{2$$ 🙂 |é|e\u0301}
{x {1-2$$a|}}
{{1-2$$a|} x}
{x {1-$$a|b|} y}
{x {a|ab}{b|}}
{x {y {1-2$$a|}}}
{x {a|b} {c|d}}
__colour__
{__colour__|x}
{2$$__colour__}
{1-2$$ or $$__colour__}
{2$$__colour__|x}
{2$$__colour__|__light__}
{2$$x __colour__|y}
{a|b}__colour__
__place/indoors__, __light__
{__light__|__colour__}
__one__
{2$$__one__|a}
{__one__}
__long__
{2$$ + $$__long__}
{1-2$$a|b|c} x
{2$$a|b}, {c|d}
  {a|b}
( {a|b} ), [c], (d:1.2), <e>
a|b
a } b
a_b {c_d|_e_}
____ {a|b}
5 {cm|mm}, 3:4, 1,000
{a
b|c}
""".strip("\n").replace("{a\nb|c}", "").split("\n")
TEMPLATES = [template.encode().decode("unicode_escape") if "\\u" in template else template for template in TEMPLATES if template]
TEMPLATES += ["{a\nb|c}", "{\n a |\n b\n}", "{\ta|b}", "  {a|b}  ", "x", "", "woman, red coat, 85mm f/1.4"]

WORDS = ["red", "blue", "a", "b", "coat", "linen shirt", "at dusk", "ü", "東京", "🙂", "x ", " y", "", "", "1", "2.5", "no-hat", "it's", "(soft)", "a, b", "f/1.4", "3:4", "é"]
JOINTS = [" ", ", ", "", " and ", " in "]
SEPARATORS = ["", ", $$", " and $$", " $$", "|$$", "; $$", "x$$", " + $$", "/$$"]
COUNTS = ["1", "2", "2", "3", "0", "1-2", "0-1", "2-3", "-2", "2-", "3-2", "1-", "9"]
WEIGHTS = ["2::", "0.5::", ".25::", "3.::", "10::", "1::"]


def braces(draw, depth):
    count = draw.random() < 0.35
    head = draw.choice(COUNTS) + "$$" + draw.choice(SEPARATORS) if count else ""
    if head and "-$$" not in head and draw.random() < 0.15:
        return "{" + head + f"__{draw.choice(list(LISTS))}__" + "}"
    return "{" + draw.choice(["", "", " "]) + head + "|".join(option(draw, depth) for _ in range(draw.randint(1, 4))) + "}"


def option(draw, depth):
    weight = draw.choice(WEIGHTS) if draw.random() < 0.2 else ""
    parts = []
    for _ in range(draw.choice([1, 1, 1, 2])):
        chance = draw.random()
        if depth < 4 and chance < 0.3:
            parts.append(braces(draw, depth + 1))
        elif chance < 0.38:
            parts.append(f"__{draw.choice(list(LISTS))}__")
        else:
            parts.append(draw.choice(WORDS))
    return weight + draw.choice(["", "", " "]).join(parts) + draw.choice(["", "", "", " "])


def template(draw):
    out = draw.choice(["", "a photo of ", " "])
    for index in range(draw.randint(1, 4)):
        if index:
            out += draw.choice(JOINTS)
        chance = draw.random()
        if chance < 0.6:
            out += braces(draw, 1)
        elif chance < 0.7:
            out += f"__{draw.choice(list(LISTS))}__"
        else:
            out += draw.choice(WORDS)
    return out


def nothing_inside(text):
    """Braces that the package makes nothing of can hide in a choice with other options: ours has their one option."""
    depth, inner, found = 0, [], []
    for at, character in enumerate(text):
        if character == "{":
            inner.append(at)
        elif character == "}" and inner:
            found.append(text[inner.pop() : at + 1])
    return any(not made(part, 1) for part in found)


def made(text, most):
    """Nothing for a template that the package cannot read, too."""
    wildcards = WildcardManager(root_map={"": [LISTS]})
    try:
        return CombinatorialPromptGenerator(wildcard_manager=wildcards).generate(text, max_prompts=most)
    except ParseException:
        return []


def case(text, draw):
    if text and nothing_inside(text):
        return None
    out = made(text, MOST + 1) if text else [""]
    found = {"template": text, "mode": "all"}
    lists = {name: values for name, values in LISTS.items() if f"__{name}__" in text}
    if len(out) > MOST:
        found["limit"] = draw.choice([MOST, 9, 5, 3])
        out = out[: found["limit"]]
    if lists:
        found["lists"] = lists
    found["out"] = out
    return found if out and not any("__" in line.replace("____", "") for line in out) else None


def main():
    logging.disable()
    draw = random.Random(3)
    texts = dict.fromkeys(TEMPLATES)
    cases = [case(text, draw) for text in texts]
    dropped = [text for text, found in zip(texts, cases) if found is None]
    while len(cases) < 706:
        text = template(draw)
        if text in texts:
            continue
        texts[text] = None
        found = case(text, draw)
        if found:
            cases.append(found)
    own = (HERE / "own.jsonl").read_text().splitlines()
    lines = [json.dumps(found, ensure_ascii=False) for found in cases if found] + own
    (HERE.parent / "variants.jsonl").write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} cases, {len(own)} of them own; by hand but not shared: {dropped}")


if __name__ == "__main__":
    main()
