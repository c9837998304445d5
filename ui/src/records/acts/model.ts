// What a worker tells of one act of family life while the form is open, and the request it makes.
import type { FamilyAct, HouseholdView, MemberRelation, RosterRow } from '$bindings/commands';
import { relationTo } from './relations';

export const householdActs = [
  'split',
  'merge',
  'leave',
  'marriage_out',
  'arrive',
  'marriage_in',
  'change_head',
  'birth',
  'death',
  'move_household',
  'link_registers',
] as const;
export const personActs = ['leave', 'marriage_out', 'come_back', 'death'] as const;
/** Acts by which somebody comes; where to may be asked by the form. */
export const comings = ['arrive', 'marriage_in', 'return_household'] as const;
export type ActName = (typeof householdActs)[number] | 'return_household' | 'come_back' | 'unlink_registers' | 'check_same_id';

export type Going = 'household' | 'village' | 'out';

/** Everything the forms ask between them; each shows only its own. */
export interface Told {
  on: string | null;
  reason: string;
  /** Who goes, comes or has died. */
  chosen: Record<string, boolean>;
  /** Relations to the head of the household they will live in. */
  relation: Record<string, string | null>;
  /** Relations of those who stay. */
  staying: Record<string, string | null>;
  going: Going;
  household: string | null;
  village: string | null;
  detail: string;
  place: string;
  /** Somebody of the register who comes. */
  person: string | null;
  isNew: boolean;
  name: string;
  birth: string | null;
  sex: string | null;
  ethnic: string | null;
  citizenId: string;
  ownRelation: string | null;
  spouse: string | null;
  mother: string | null;
  father: string | null;
  certificate: string;
}

export function blank(name: ActName, today: string, person: string | null): Told {
  return {
    on: name === 'birth' || name === 'death' ? null : today,
    reason: '',
    chosen: person ? { [person]: true } : {},
    relation: {},
    staying: {},
    going: name === 'move_household' ? 'village' : 'out',
    household: null,
    village: null,
    detail: '',
    place: '',
    person: name === 'arrive' || name === 'marriage_in' ? person : null,
    isNew: name === 'marriage_in' && person === null,
    name: '',
    birth: null,
    sex: name === 'marriage_in' ? 'female' : null,
    ethnic: null,
    citizenId: '',
    ownRelation: name === 'birth' ? 'child' : null,
    spouse: null,
    mother: null,
    father: null,
    certificate: '',
  };
}

export const relationOf = (row: RosterRow) => {
  const code = row.membership.opened.values.relationship_to_head;
  return typeof code === 'string' ? code : null;
};
export const nameOf = (row: RosterRow) => String(row.person.opened.values.full_name ?? '');

/** Those who live in the household today, the living ones. */
export function membersOf(view: HouseholdView | undefined): RosterRow[] {
  return (view?.roster ?? []).filter((row) => row.present && !row.person.opened.values.death_date);
}

export const goers = (rows: RosterRow[], told: Told) => rows.filter((row) => told.chosen[row.person.id]);
export const stayers = (rows: RosterRow[], told: Told) => rows.filter((row) => !told.chosen[row.person.id]);
export const headGoes = (rows: RosterRow[], told: Told) => goers(rows, told).some((row) => relationOf(row) === 'head');

/** The relation offered for a member under a new head: what a person chose, else what follows from who the new head was. */
export function offered(row: RosterRow, chosen: Record<string, string | null>, rows: RosterRow[]): string | null {
  const own = chosen[row.person.id];
  if (own !== undefined) return own;
  const head = rows.find((other) => chosen[other.person.id] === 'head');
  return head ? relationTo(relationOf(head), relationOf(row)) : null;
}

function relations(rows: RosterRow[], chosen: Record<string, string | null>): MemberRelation[] {
  return rows.map((row) => ({ person: row.person.id, relationship: offered(row, chosen, rows) }));
}

/** The act as the door takes it; `rows` are those who live there (of a household that comes back: those who left). */
export function requestOf(name: ActName, told: Told, household: string, rows: RosterRow[]): FamilyAct {
  const going = goers(rows, told);
  const rest = stayers(rows, told);
  const staying = headGoes(rows, told) ? relations(rest, told.staying) : [];
  switch (name) {
    case 'split':
      return {
        what: 'split',
        household,
        leaving: relations(going, told.relation),
        staying,
        village: told.village,
        address_detail: told.detail,
      };
    case 'merge':
      return { what: 'merge', household, into: told.household ?? household, joining: plain(rows, told) };
    case 'leave':
    case 'marriage_out':
      return {
        what: 'leave',
        household,
        leaving: plain(going, told),
        staying: told.going === 'village' ? [] : staying,
        destination: destination(told, household),
        why: name === 'leave' ? 'move' : 'marriage',
      };
    case 'arrive':
    case 'marriage_in':
      return {
        what: 'arrive',
        household,
        person: told.isNew ? null : told.person,
        new: told.isNew ? person(told) : null,
        relationship: told.ownRelation,
        why: name === 'arrive' ? 'move' : 'marriage',
        came_from: told.place,
        spouse: told.spouse,
      };
    case 'come_back':
      return { what: 'come_back', household, person: going[0]?.person.id ?? '' };
    case 'move_household':
      return { what: 'move_household', household, destination: destination(told, household) };
    case 'return_household':
      return {
        what: 'return_household',
        household,
        village: told.village,
        address_detail: told.detail,
        members: relations(going, told.relation),
      };
    case 'change_head':
      return { what: 'change_head', household, relations: relations(rows, told.relation) };
    case 'birth':
      return {
        what: 'birth',
        household,
        child: person(told),
        relationship: told.ownRelation,
        mother: told.mother,
        father: told.father,
      };
    case 'death':
      return { what: 'death', person: going[0]?.person.id ?? '', certificate_no: told.certificate, staying };
    case 'link_registers':
      return { what: 'link_registers', household, other: told.household };
    case 'unlink_registers':
      return { what: 'link_registers', household, other: null };
    case 'check_same_id':
      return { what: 'check_same_id', person: Object.keys(told.chosen)[0] ?? '' };
  }
}

const plain = (rows: RosterRow[], told: Told): MemberRelation[] =>
  rows.map((row) => ({ person: row.person.id, relationship: told.relation[row.person.id] ?? null }));

function destination(told: Told, household: string) {
  if (told.going === 'household') return { to: 'household' as const, household: told.household ?? household };
  if (told.going === 'village' && told.village)
    return { to: 'village' as const, village: told.village, address_detail: told.detail };
  return { to: 'out' as const, place: told.place };
}

function person(told: Told) {
  return {
    full_name: told.name.trim() || null,
    birth_date: told.birth,
    sex: told.sex,
    ethnic_code: told.ethnic,
    citizen_id: told.citizenId.replace(/[\s.]/g, '') || null,
  };
}

/** What must be told before anything can be asked of the host. */
export function isReady(name: ActName, told: Told, rows: RosterRow[]): boolean {
  if (!told.on) return false;
  if (['death', 'come_back'].includes(name)) return goers(rows, told).length === 1;
  if (['merge', 'link_registers'].includes(name)) return told.household !== null;
  if (name === 'leave' || name === 'marriage_out' || name === 'move_household') {
    if (told.going === 'household') return told.household !== null;
    if (told.going === 'village') return told.village !== null;
  }
  return true;
}
