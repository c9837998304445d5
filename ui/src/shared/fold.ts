// Folding for lists that are filtered in the page (code lists, villages): marks off, đ as d, lower case, single spaces.
// The register itself is searched by the host, which folds by the same rule.
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Every word of the query begins a word of the text, in any order. */
export function matches(text: string, query: string): boolean {
  const words = fold(text).split(' ');
  return fold(query)
    .split(' ')
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** The text cut into parts, those marked that a word of the query begins: `Bùi Thị Mu` for `mu` gives `Bùi Thị `, **`Mu`**. */
export function marked(text: string, query: string): { text: string; hit: boolean }[] {
  const composed = text.normalize('NFC');
  const parts = fold(query).split(' ').filter(Boolean);
  const hits = new Array<boolean>(composed.length).fill(false);
  for (const word of composed.matchAll(/[\p{L}\p{N}]+/gu)) {
    const folded = fold(word[0]);
    const longest = Math.max(0, ...parts.filter((part) => folded.startsWith(part)).map((part) => part.length));
    // One composed letter folds to one letter, so lengths agree.
    hits.fill(true, word.index, word.index + longest);
  }
  const cut: { text: string; hit: boolean }[] = [];
  for (let at = 0; at < composed.length; at++) {
    const last = cut.at(-1);
    if (last && last.hit === hits[at]) last.text += composed[at];
    else cut.push({ text: composed[at] ?? '', hit: Boolean(hits[at]) });
  }
  return cut;
}

/** Initials for an avatar: first word and given name (the last). */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase('vi');
}
