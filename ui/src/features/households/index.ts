// households: the list, a household's page, and the whole-household form.
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import House from '@lucide/svelte/icons/house';
import Plus from '@lucide/svelte/icons/plus';
import UserPlus from '@lucide/svelte/icons/user-plus';
import Users from '@lucide/svelte/icons/users';
import { householdActs } from '$records/acts/model';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import ArrivePage from './ArrivePage.svelte';
import EntryPage from './EntryPage.svelte';
import HouseholdsPage from './HouseholdsPage.svelte';
import RosterPage from './RosterPage.svelte';

export const screens: Screen[] = [
  { path: 'households', title: 'households.title', icon: House, component: HouseholdsPage, group: 'register', right: 'read' },
  {
    path: 'entry',
    title: 'households.add_long',
    icon: House,
    component: EntryPage,
    right: 'write',
    under: 'households',
    wide: true,
  },
  { path: 'roster', title: 'roster.title', icon: CalendarDays, component: RosterPage, right: 'read', under: 'households' },
  { path: 'arrive', title: 'arrive.title', icon: UserPlus, component: ArrivePage, right: 'write', under: 'households' },
];

export const actions: Action[] = [
  { id: 'add-household', label: 'households.add_long', icon: Plus, right: 'write', run: () => go(href('entry')) },
  // Of which household is asked next.
  ...householdActs
    .filter((act) => act !== 'arrive')
    .map((act) => ({
      id: act,
      label: `act.${act}` as const,
      also: `palette.also.${act}` as const,
      icon: Users,
      right: 'write' as const,
      run: () => go(href('households', 'act', act)),
    })),
  {
    id: 'arrive',
    label: 'act.arrive',
    also: 'palette.also.arrive',
    icon: UserPlus,
    right: 'write',
    run: () => go(href('arrive')),
  },
  {
    id: 'return-household',
    label: 'act.return_household',
    icon: House,
    right: 'write',
    run: () => go(href('arrive', 'household')),
  },
];
