// The recovery key as people type it: 24 Crockford symbols in six groups; I and L are 1, O is 0, spaces and dashes are free.
export function tidyKey(typed: string): string {
  const symbols = typed
    .toUpperCase()
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
    .replace(/[^0-9A-Z]/g, '');
  return symbols.match(/.{1,4}/g)?.join('-') ?? '';
}

export function keyIsWhole(typed: string): boolean {
  return /^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/.test(tidyKey(typed));
}
