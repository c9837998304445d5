// settings: language, look, keys; kept by the host for each worker.
import Settings2 from '@lucide/svelte/icons/settings-2';
import type { Screen } from '$shared/screen';
import SettingsPage from './SettingsPage.svelte';

export const screens: Screen[] = [
  { path: 'settings', title: 'settings.title', icon: Settings2, component: SettingsPage, group: 'machine' },
];
