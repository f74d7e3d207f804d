-- How far back each source tells; see Reach in src/reconcile/statistics/periods.py.
SELECT
    (SELECT last_on FROM scope.coverage WHERE extract = 'police_resident') AS seen_on,
    (SELECT min(left_on) FROM scope.stay) AS left_on,
    (SELECT min(registered_on) FROM std.police_birth) AS births,
    (SELECT min(registered_on) FROM std.police_death) AS deaths,
    (SELECT min(moved_in_on) FROM std.police_move_in) AS moves_in,
    (SELECT min(moved_out_on) FROM std.police_move_out) AS moves_out;
