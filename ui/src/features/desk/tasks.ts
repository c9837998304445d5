// What the desk shows, as rows: an icon, what it is about, a line below, where it leads.
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import Copy from '@lucide/svelte/icons/copy';
import GitMerge from '@lucide/svelte/icons/git-merge';
import IdCard from '@lucide/svelte/icons/id-card';
import House from '@lucide/svelte/icons/house';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Scale from '@lucide/svelte/icons/scale';
import Users from '@lucide/svelte/icons/users';
import type { Component } from 'svelte';
import type { Birthday, ConflictView, DataRequestPage, Draft, HouseholdPage, PersonPage } from '$bindings/commands';
import { codeName, fieldLabel } from '$host';
import { t, tIn } from '$messages';
import { date, shortTime } from '$shared/format';
import { href } from '$shared/router.svelte';
import type { Gap } from './api';

export interface Task {
  id: string;
  icon: Component<{ class?: string }>;
  tone: 'bad' | 'warn' | 'plain';
  title: string;
  note: string;
  when: string;
  href: string;
}

const MOST = 6;

/** A whole household goes on in its form, a single record on the page it belongs to, where it is offered. */
function draftHref(draft: Draft): string {
  if (!draft.page) return href('entry', 'draft', draft.key);
  return draft.page_kind === 'person' ? href('people', draft.page, 'profile') : href('households', draft.page);
}

export function draftTasks(drafts: Draft[]): Task[] {
  return drafts.slice(0, MOST).map((draft) => ({
    id: `draft-${draft.key}`,
    icon: PencilLine,
    tone: 'plain',
    title: t('desk.draft', { name: draft.label || t('desk.no_name') }),
    note: draft.screen.startsWith('record.')
      ? tIn('kind', draft.screen.slice('record.'.length), 'desk.draft_of.other')
      : tIn('desk.draft_of', draft.screen, 'desk.draft_of.other'),
    when: shortTime(draft.at),
    href: draftHref(draft),
  }));
}

export function conflictTasks(conflicts: ConflictView[]): Task[] {
  const shown = conflicts.slice(0, MOST).map((conflict) => ({
    id: `conflict-${conflict.record}-${conflict.fid}`,
    icon: GitMerge,
    tone: 'bad' as const,
    title: conflict.restricted ? t('conflict.restricted_title') : t('desk.conflict', { name: conflict.label }),
    note: conflict.restricted
      ? t('conflict.restricted')
      : conflict.columns.map((column) => fieldLabel(conflict.kind, column)).join(', '),
    when: '',
    href: href('sync', 'conflicts'),
  }));
  return shown;
}

/** What people asked about their own data: an answer is owed by a day. */
export function requestTasks(page: DataRequestPage): Task[] {
  return page.rows.map((row) => ({
    id: `request-${row.id}`,
    icon: Scale,
    tone: row.overdue ? ('bad' as const) : ('warn' as const),
    title: t('desk.request', { name: row.person_name || t('desk.no_name') }),
    note: codeName('data_request_matter', row.matter),
    when: row.overdue ? t('privacy.overdue') : row.due_on ? t('desk.request_due', { date: date(row.due_on) }) : '',
    href: href('people', row.person, 'privacy'),
  }));
}

const gapIcons: Record<Gap, Task['icon']> = {
  no_citizen_id: IdCard,
  no_birth_date: CircleQuestionMark,
  same_citizen_id: Copy,
  two_homes: House,
};

/** Households with several heads, one line for all. */
export function headTasks(page: HouseholdPage): Task[] {
  if (page.total === 0) return [];
  return [
    {
      id: 'two_heads',
      icon: Users,
      tone: 'bad',
      title: t('desk.two_heads', { count: page.total }),
      note: page.rows.map((row) => row.code).join(', ') + (page.total > page.rows.length ? '…' : ''),
      when: '',
      href: href('households', 'filter', 'two_heads'),
    },
  ];
}

export function gapTasks(pages: ({ gap: Gap } & PersonPage)[]): Task[] {
  return pages
    .filter((page) => page.total > 0)
    .map((page) => ({
      id: page.gap,
      icon: gapIcons[page.gap],
      tone: page.gap === 'no_citizen_id' ? 'plain' : 'warn',
      title: tIn('desk.gap', page.gap, 'desk.gap.other', { count: page.total }),
      note:
        page.rows.map((row) => (row.village_name ? `${row.full_name} (${row.village_name})` : row.full_name)).join(', ') +
        (page.total > page.rows.length ? '…' : ''),
      when: t('desk.when_free'),
      href: href('people', 'filter', page.gap),
    }));
}

/** “16: 2 · 75: 1”: how many reach which age. */
export function birthdayNote(birthdays: Birthday[]): string {
  const ages = [...new Set(birthdays.map((birthday) => birthday.turns))].sort((a, b) => a - b);
  return ages
    .map((age) => t('desk.turning', { age, count: birthdays.filter((birthday) => birthday.turns === age).length }))
    .join(' · ');
}

/** ↑ ↓ go from row to row, across the groups. */
export function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const rows = [...document.querySelectorAll<HTMLElement>('[data-task]')];
  const next = rows[rows.indexOf(event.currentTarget as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
