// The filters of the two long lists as they begin: everybody who lives here, every household that stands here.
import type { HouseholdFilter, PersonFilter } from '$bindings/commands';

export const everybody: PersonFilter = {
  text: '',
  village: null,
  sex: null,
  ethnic_code: null,
  poverty_class: null,
  age_from: null,
  age_to: null,
  disability: null,
  disability_type: null,
  standing: 'here',
  marks: [],
};

export const everything: HouseholdFilter = {
  text: '',
  village: null,
  poverty_class: null,
  ethnic_code: null,
  marks: [],
  deleted: false,
  gone: false,
};
