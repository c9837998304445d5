// accounts: who works on this machine, with which rights; passwords, recovery, backups, and who did what.
import HardDriveDownload from '@lucide/svelte/icons/hard-drive-download';
import KeyRound from '@lucide/svelte/icons/key-round';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import UserPlus from '@lucide/svelte/icons/user-plus';
import Users from '@lucide/svelte/icons/users';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import AccountPage from './AccountPage.svelte';
import AdminPage from './AdminPage.svelte';
import { backUpAnywhere } from './back-up';

export const screens: Screen[] = [
  { path: 'admin', title: 'accounts.title', icon: ShieldCheck, component: AdminPage, group: 'machine', right: 'admin' },
  { path: 'account', title: 'account.title', icon: KeyRound, component: AccountPage },
];

export const actions: Action[] = [
  { id: 'back-up', label: 'backup.make', also: 'palette.also.backup', icon: HardDriveDownload, run: () => void backUpAnywhere() },
  { id: 'password', label: 'password.change', icon: KeyRound, run: () => go(href('account')) },
  { id: 'backups', label: 'accounts.backups', icon: ShieldCheck, right: 'admin', run: () => go(href('admin', 'backups')) },
  { id: 'workers', label: 'accounts.workers', icon: Users, right: 'admin', run: () => go(href('admin', 'workers')) },
  { id: 'add-worker', label: 'workers.add', icon: UserPlus, right: 'admin', run: () => go(href('admin', 'workers', 'new')) },
  { id: 'audit', label: 'accounts.audit', icon: ScrollText, right: 'audit', run: () => go(href('admin', 'audit')) },
];
