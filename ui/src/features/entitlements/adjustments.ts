// Why what is due is not what was received, in words; and where it can be read.
import type { WhyView } from '$bindings/commands';
import { t, tIn } from '$messages';
import { date, lowerFirst, money } from '$shared/format';
import { href } from '$shared/router.svelte';
import { recordHref } from '$law/links';
import { factLabel, factValue, titleOf } from '$law/words';

export const signed = (amount: number): string => (amount > 0 ? `+${money(amount)}` : money(amount));

export function whyText(why: WhyView): string {
  if (why.kind === 'fact' && why.fact) {
    const label = lowerFirst(factLabel(why.fact));
    if (why.masked) return label;
    const since = why.since ? `, ${t('law.since', { date: date(why.since) })}` : '';
    return `${label}: ${factValue(why.fact, why.told)}${since}`;
  }
  const values = { name: titleOf(why), amount: why.value === null ? '' : money(why.value), date: date(why.since) };
  return tIn('adjustments.why', why.kind, 'adjustments.why.recorded', values);
}

/** The record a fact comes from; of a row or figure the page of the law. */
export function whyHref(why: WhyView): string | null {
  if (why.kind === 'figure') return href('policies', 'figures');
  if (why.record) return recordHref(why);
  return null;
}
