// How a person is addressed and where their records stand.

/** Children of the person by the tab they stand on. */
export const familyKinds = ['parent_link', 'carer_link', 'support_obligor'];
export const paperKinds = [
  'disability_certificate',
  'allowance',
  'health_insurance',
  'study',
  'residence',
  'written_request',
  'observation',
];

/** Cụ from 80, Ông and Bà from 55, Cháu under 16; nothing in between, where a name alone is polite. */
export function address(months: number | null, sex: string | null): 'cu' | 'ong' | 'ba' | 'chau' | null {
  if (months === null) return null;
  if (months >= 80 * 12) return 'cu';
  if (months < 16 * 12) return 'chau';
  if (months < 55 * 12) return null;
  return sex === 'male' ? 'ong' : sex === 'female' ? 'ba' : null;
}
