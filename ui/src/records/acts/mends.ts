// Findings that one key settles: the finding in words, and what can be kept.
import type { FamilyAct, FieldProblem, HouseholdView, PersonView, RosterRow } from '$bindings/commands';
import { issueText } from '$host';
import { t } from '$messages';

export interface Keep {
  /** What is kept, as the key's list names it. */
  label: string;
  act: Extract<FamilyAct, { what: 'keep_head' | 'keep_home' }>;
}

export interface Mend {
  text: string;
  choices: Keep[];
}

const nameOf = (row: RosterRow) => {
  const { full_name: name } = row.person.opened.values;
  return typeof name === 'string' ? name : t('people.unnamed');
};

export const isMendable = (issue: FieldProblem) =>
  ['head_twice', 'member_elsewhere', 'member_twice', 'lives_twice'].includes(issue.code);

/** Of a household: which head stays, and who lives here. */
export function householdMends(view: HouseholdView): Mend[] {
  const household = view.household.id;
  const present = view.roster.filter((row) => row.present);
  const heads = present.filter((row) => row.membership.opened.values.relationship_to_head === 'head');
  return view.findings.filter(isMendable).map((issue) => {
    if (issue.code === 'head_twice') {
      const choices = [...new Map(heads.map((row) => [row.person.id, row])).values()].map((row) => ({
        label: t('mends.keep_head', { name: nameOf(row) }),
        act: { what: 'keep_head' as const, household, person: row.person.id },
      }));
      return { text: t('mends.head_twice'), choices };
    }
    const person = issue.path.replace('members.', '');
    const label = t('mends.keep_here', { name: issue.params.name ?? '' });
    return { text: issueText(issue), choices: [{ label, act: { what: 'keep_home' as const, household, person } }] };
  });
}

/** Of a person: in which of the households they live. */
export function personMends(view: PersonView): Mend[] {
  if (!view.findings.some((issue) => issue.code === 'lives_twice')) return [];
  const homes = view.memberships.filter(({ present, membership }) => present || membership.conflicts.includes('to_on'));
  const choices = [...new Map(homes.map((home) => [home.household_id, home])).values()].map((home) => ({
    label: t('mends.keep_home', { name: [home.head_name || home.household_code, home.village_name].filter(Boolean).join(', ') }),
    act: { what: 'keep_home' as const, household: home.household_id, person: view.person.id },
  }));
  return [{ text: t('problem.lives_twice'), choices }];
}
