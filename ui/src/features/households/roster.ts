// A roster as a table: one line a person, what is of the household repeated, so that it can be sorted on its own.
import type { PrintedList, RosterHousehold, RosterPerson } from '$bindings/commands';
import { codeName } from '$host';
import { t, tIn } from '$messages';
import { date } from '$shared/format';

export interface RosterLine {
  household: RosterHousehold;
  person: RosterPerson;
}

export const rosterLines = (list: PrintedList): RosterLine[] =>
  list.roster.flatMap((household) => household.members.map((person) => ({ household, person })));

export const rosterColumns = () => [
  { id: 'head', label: t('people.head'), on: true },
  { id: 'code', label: t('people.household_code'), on: true },
  { id: 'name', label: t('field.full_name'), on: true },
  { id: 'relation', label: t('households.relation'), on: true },
  { id: 'sex', label: t('households.sex'), on: true },
  { id: 'birth', label: t('field.birth_date'), on: true },
  { id: 'age', label: t('households.age'), on: true, number: true },
  { id: 'citizen_id', label: t('field.citizen_id'), on: false },
  { id: 'village', label: t('field.village'), on: true },
  { id: 'address', label: t('field.address_detail'), on: false },
  { id: 'class', label: t('people.class'), on: true },
];

/** A cell in words, for paper. */
export function rosterText({ household, person }: RosterLine, column: string): string {
  switch (column) {
    case 'head':
      return household.head_name || t('households.no_head');
    case 'code':
      return household.code;
    case 'village':
      return household.village_name;
    case 'address':
      return household.address;
    case 'class':
      return tIn('class', household.poverty_class ?? 'not_reviewed', 'class.other');
    case 'name':
      return person.full_name;
    case 'relation':
      return codeName('relationship_to_head', person.relationship);
    case 'sex':
      return codeName('sex', person.sex);
    case 'birth':
      return date(person.birth);
    case 'age':
      return person.age_months === null ? '' : String(Math.floor(person.age_months / 12));
    case 'citizen_id':
      return person.masked_citizen_id ?? '';
    default:
      return '';
  }
}
