// Lines as a page shows them: in three groups, each with what it means beside what is paid and received.
import type { BenefitLine, EntitlementsView, PaymentView } from '$bindings/commands';

export type Status = 'entitled' | 'undetermined' | 'not_entitled';
export const statuses: Status[] = ['entitled', 'undetermined', 'not_entitled'];

/** The lines of a status. What an emergency or a death gives is left out of "not met": neither has happened. */
export function linesOf(view: EntitlementsView, status: Status): BenefitLine[] {
  const apart = ['emergency', 'funeral'];
  return view.lines.filter((line) => line.status === status && !(status === 'not_entitled' && apart.includes(line.family)));
}

/** Every payment that comes out, of all lists. */
export function payments(view: EntitlementsView): PaymentView[] {
  const { regular, carer_support: carer, funeral, emergency, facility_care: facility } = view.paid;
  return [regular, carer, funeral, emergency, facility].flatMap((list) => list ?? []);
}

/** What is due each month; null while it cannot be said. */
export function monthly(view: EntitlementsView): number | null {
  const { regular_total: regular, carer_support: carer } = view.paid;
  if (regular === null || carer === null) return null;
  return regular + carer.reduce((sum, row) => sum + row.amount, 0);
}

export type Standing = 'receiving' | 'due' | 'beaten' | 'met' | 'missing' | 'not_met';

/** How a line stands: met and paid, met and not paid because another is higher, or not met. */
export function standing(view: EntitlementsView, line: BenefitLine): Standing {
  if (line.status === 'undetermined') return 'missing';
  if (line.status === 'not_entitled') return 'not_met';
  if (view.received.some((row) => row.code === line.code)) return 'receiving';
  if (payments(view).some((row) => row.code === line.code)) return 'due';
  const regular = ['monthly_allowance', 'social_pension'].includes(line.family);
  return regular && view.paid.regular !== null ? 'beaten' : 'met';
}

/** Why the sum is what it is: key `entitlements.why.<code>`; null where there is nothing to explain. */
export function whySum(view: EntitlementsView): 'highest' | 'added' | 'facility' | null {
  const paid = view.paid.regular ?? [];
  const met = view.lines.filter((line) => line.status === 'entitled' && /^(monthly_allowance|social_pension)$/.test(line.family));
  if (paid.length === 0 && met.length > 0 && (view.paid.facility_care ?? []).length > 0) return 'facility';
  if (paid.length > 1) return 'added';
  return met.length > paid.length && paid.length === 1 ? 'highest' : null;
}
