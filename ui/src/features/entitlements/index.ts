// entitlements: what a person is entitled to, why, month by month, and what if; adjustment runs of the commune.
import Coins from '@lucide/svelte/icons/coins';
import type { Screen } from '$shared/screen';
import type { PersonTab } from '$shared/slots';
import AdjustmentsPage from './AdjustmentsPage.svelte';
import EntitlementsTab from './EntitlementsTab.svelte';

export const personTabs: PersonTab[] = [{ id: 'entitlements', label: 'entitlements.tab', component: EntitlementsTab }];
export const screens: Screen[] = [
  { path: 'adjustments', title: 'adjustments.title', icon: Coins, component: AdjustmentsPage, right: 'read', under: 'outreach' },
];
