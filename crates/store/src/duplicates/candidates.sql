SELECT lid FROM person_list WHERE given = :given AND (sound = :sound OR year = :year OR day = :day)
UNION ALL SELECT lid FROM person_match WHERE given = :given AND (sound = :sound OR year = :year OR day = :day)
UNION ALL SELECT lid FROM person_list WHERE born IN (:born, :swapped) AND day IS NOT NULL
UNION ALL SELECT lid FROM person_list WHERE village = (SELECT lid FROM rec WHERE rid = :village) AND year = :year
UNION ALL SELECT lid FROM person WHERE old_id = :old_id
