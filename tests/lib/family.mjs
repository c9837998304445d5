// The household of five that the journeys enter, as a worker types it: cell by cell, Enter between them.

/** Name, relation to the head, sex, birth, citizen id; the shortcuts are those the grid offers. */
export const family = [
  ['Đinh Thị Ước', 'h', 'nữ', '1952', '017152000421'],
  ['Bùi Văn Thưởng', 'c', 'nam', '04/1978', '017078000422'],
  ['Nguyễn Thị Hoà', 'd', 'nữ', '12/09/1981', '017181000423'],
  ['Bùi Đức Quyền', 'ch', 'nam', '27/02/2009', ''],
  ['Bùi Thị Mỹ Duyên', 'ch', 'nữ', '05/11/2017', ''],
];

/** What a hurried person types to find the head. */
export const hurried = 'dinh thi uoc';
