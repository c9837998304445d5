// sync: what waits to be sent, the link with the province, and what two people wrote differently.
import GitMerge from '@lucide/svelte/icons/git-merge';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import { syncAnywhere } from './now';
import SyncPage from './SyncPage.svelte';

export const screens: Screen[] = [{ path: 'sync', title: 'sync.title', icon: RefreshCw, component: SyncPage, group: 'machine' }];
export const actions: Action[] = [
  { id: 'sync-now', label: 'sync.now', also: 'palette.also.sync', icon: RefreshCw, run: () => void syncAnywhere() },
  { id: 'conflicts', label: 'sync.decide', icon: GitMerge, right: 'read', run: () => go(href('sync', 'conflicts')) },
];
