// Every screen and palette action there is, in the order of the rail. A feature that exports `screens` (and `actions`) from its
// index.ts is added here and nowhere else.
import type { Action, Screen } from '$shared/screen';
import { actions as accountActions, screens as accounts } from '../features/accounts';
import type { Slots } from '$shared/slots';
import { screens as desk } from '../features/desk';
import { screens as duplicates } from '../features/duplicates';
import { personTabs, screens as entitlements } from '../features/entitlements';
import { actions as householdActions, screens as households } from '../features/households';
import { actions as importActions, screens as imports } from '../features/imports';
import { screens as map } from '../features/map';
import { deskAsides, screens as outreach } from '../features/outreach';
import { screens as people } from '../features/people';
import { actions as placeActions, screens as places } from '../features/places';
import { actions as policyActions, screens as policies } from '../features/policies';
import { actions as privacyActions, screens as privacy } from '../features/privacy';
import { screens as quality } from '../features/quality';
import { actions as settingActions, screens as settings } from '../features/settings';
import { actions as syncActions, screens as sync } from '../features/sync';

export const screens: Screen[] = [
  ...desk,
  ...households,
  ...people,
  ...outreach,
  ...entitlements,
  ...policies,
  ...duplicates,
  ...imports,
  ...quality,
  ...map,
  ...sync,
  ...places,
  ...privacy,
  ...accounts,
  ...settings,
];
export const actions: Action[] = [
  ...householdActions,
  ...importActions,
  ...policyActions,
  ...syncActions,
  ...placeActions,
  ...privacyActions,
  ...accountActions,
  ...settingActions,
];
export const groups = ['work', 'register', 'machine'] as const;
export const slots: Slots = { personTabs, deskAsides };
