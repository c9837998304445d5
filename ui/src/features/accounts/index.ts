// accounts: who works on this machine, with which rights; passwords, recovery, backups, and who did what.
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import type { Screen } from '$shared/screen';
import AdminPage from './AdminPage.svelte';

export const screens: Screen[] = [
  { path: 'admin', title: 'accounts.title', icon: ShieldCheck, component: AdminPage, group: 'machine', right: 'admin' },
];
