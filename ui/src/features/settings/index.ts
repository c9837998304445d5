// settings: language, look, keys; kept by the host for each worker.
import Languages from '@lucide/svelte/icons/languages';
import Moon from '@lucide/svelte/icons/moon';
import Settings2 from '@lucide/svelte/icons/settings-2';
import Rows3 from '@lucide/svelte/icons/rows-3';
import Sun from '@lucide/svelte/icons/sun';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import type { Settings } from '$bindings/commands';
import { session } from '$host';
import type { Action, Screen } from '$shared/screen';
import SettingsPage from './SettingsPage.svelte';

export const screens: Screen[] = [
  { path: 'settings', title: 'settings.title', icon: Settings2, component: SettingsPage, group: 'machine' },
];

/** One setting changed at once; not offered while it is so already. */
const change = (part: Partial<Settings>): Pick<Action, 'when' | 'run'> => ({
  when: () => Object.entries(part).some(([name, value]) => session.view?.settings[name as keyof Settings] !== value),
  run: () => void session.change(part),
});

export const actions: Action[] = [
  { id: 'theme-light', label: 'settings.use_light', also: 'palette.also.light', icon: Sun, ...change({ theme: 'light' }) },
  { id: 'theme-dark', label: 'settings.use_dark', also: 'palette.also.dark', icon: Moon, ...change({ theme: 'dark' }) },
  { id: 'theme-system', label: 'settings.use_system', icon: SunMoon, ...change({ theme: 'system' }) },
  {
    id: 'density-compact',
    label: 'settings.use_compact',
    also: 'settings.density',
    icon: Rows3,
    ...change({ density: 'compact' }),
  },
  {
    id: 'density-standard',
    label: 'settings.use_standard',
    also: 'settings.density',
    icon: Rows3,
    ...change({ density: 'standard' }),
  },
  { id: 'density-roomy', label: 'settings.use_roomy', also: 'settings.density', icon: Rows3, ...change({ density: 'roomy' }) },
  { id: 'language-vi', label: 'settings.use_vi', also: 'settings.language', icon: Languages, ...change({ language: 'vi' }) },
  { id: 'language-en', label: 'settings.use_en', also: 'settings.language', icon: Languages, ...change({ language: 'en' }) },
];
