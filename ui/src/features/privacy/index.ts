// privacy: what people asked about their own data, the notice they are given, and what is kept and why.
import Scale from '@lucide/svelte/icons/scale';
import type { Screen } from '$shared/screen';
import PrivacyPage from './PrivacyPage.svelte';

export const screens: Screen[] = [
  { path: 'privacy', title: 'privacy.title', icon: Scale, component: PrivacyPage, group: 'machine', right: 'read' },
];
