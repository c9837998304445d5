// Where a fact stands in the register, and where one that is missing is entered.
import type { FactView } from '$bindings/commands';
import { href } from '$shared/router.svelte';

const family = ['parent_link', 'carer_link', 'support_obligor'];
const households = ['household', 'household_member', 'poverty_class', 'household_place'];

/** The page that shows the record a fact came from; null where it came from none. */
export function recordHref(fact: Pick<FactView, 'record' | 'record_kind' | 'page'>): string | null {
  const { record, record_kind: kind, page } = fact;
  if (!record || !kind || !page) return null;
  if (households.includes(kind)) return href('households', page);
  if (kind === 'region_status') return href('places', page);
  if (kind === 'person') return href('people', page, 'profile');
  if (kind === 'restricted_health') return href('people', page, 'restricted');
  return href('people', page, family.includes(kind) ? 'family' : 'papers', kind, record);
}

/** Kind of record by which a fact is entered on the person's page. */
const entered: Record<string, string> = {
  no_support_case: 'parent_link',
  qualifying_children: 'parent_link',
  children_under_36m: 'parent_link',
  support_obligor: 'support_obligor',
  carer_relation: 'carer_link',
  cared_no_support_child: 'carer_link',
  studying: 'study',
  study_uninterrupted: 'study',
  disability_severity: 'disability_certificate',
  cared_disability_severity: 'disability_certificate',
  requested_in_writing: 'written_request',
  applied_and_eligible_no_decision: 'written_request',
  in_facility: 'residence',
  was_no_support_recipient_at_16: 'allowance',
  si_allowance_below_social_pension: 'allowance',
  had_monthly_survivor_allowance: 'allowance',
  had_monthly_survivor_or_other_allowance: 'allowance',
  was_monthly_recipient: 'allowance',
  can_live_in_community: 'observation',
  eligible_for_facility: 'observation',
  has_pension_or_si_allowance: 'observation',
  has_stable_income: 'observation',
};

const profile = ['age_months', 'cared_age_months', 'marital_status', 'died'];

/** Where somebody who now knows it writes it down. */
export function entryHref(fact: string, person: string, home: string | null): string {
  if (fact === 'lives_in_special_difficulty_area') return href('places');
  if (fact.startsWith('household_')) return home ? href('households', home) : href('people', person, 'family');
  if (profile.includes(fact)) return href('people', person, 'profile', 'edit');
  const kind = entered[fact];
  if (!kind) return href('people', person, 'papers');
  return href('people', person, family.includes(kind) ? 'family' : 'papers', kind, 'new');
}
