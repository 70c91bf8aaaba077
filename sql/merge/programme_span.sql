-- The programme's time begins with its first report and ends with its last: anew, once reports have been withdrawn.
update programme set (first_month, last_month) = (select min(month), max(month) from current_report);
