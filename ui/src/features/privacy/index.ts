// privacy: what people asked about their own data, the notice they are given, and what is kept and why.
import Scale from '@lucide/svelte/icons/scale';
import FileText from '@lucide/svelte/icons/file-text';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import PrivacyPage from './PrivacyPage.svelte';

export const screens: Screen[] = [
  { path: 'privacy', title: 'privacy.title', icon: Scale, component: PrivacyPage, group: 'machine', right: 'read' },
];

export const actions: Action[] = [
  { id: 'notice', label: 'privacy.notice', icon: FileText, right: 'read', run: () => go(href('privacy', 'notice')) },
];
