// Numbers as people here write them: 1.350.000 and 2,0. What cannot be read stays as typed, for the checks to say so.
import type { ColumnOf } from '$bindings/registry';
import { number } from '$shared/format';
import type { Values } from './api';
import { isMoney } from './columns';

export function numberText(column: ColumnOf, value: Values[string] | undefined): string {
  if (value === null || value === undefined) return '';
  if (column.type === 'decimal') return String(value).replace('.', ',');
  return typeof value === 'number' && isMoney(column.name) ? number(value) : String(value);
}

export function readNumber(column: ColumnOf, typed: string): Values[string] {
  const text = typed.replace(/[\s\u00a0đ]/g, '').replace('−', '-');
  if (!text) return null;
  if (column.type === 'decimal') return /^-?\d+([.,]\d+)?$/.test(text) ? text.replace(',', '.') : typed;
  const plain = text.replace(/[.,](?=\d{3}(\D|$))/g, '');
  return /^-?\d{1,15}$/.test(plain) ? Number(plain) : typed;
}
