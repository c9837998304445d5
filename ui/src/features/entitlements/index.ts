// entitlements: what a person is entitled to, why, month by month, and what if.
import type { PersonTab } from '$shared/slots';
import EntitlementsTab from './EntitlementsTab.svelte';

export const personTabs: PersonTab[] = [{ id: 'entitlements', label: 'entitlements.tab', component: EntitlementsTab }];
