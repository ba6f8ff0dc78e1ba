-- Two workspaces. `acme` is the one to look around in; `northwind` is there so that it can be seen that it cannot be seen.

INSERT INTO workspaces (id, name) VALUES ('acme', 'Acme Broadcasting'), ('northwind', 'Northwind Studios');

INSERT INTO indexes (workspace, id, name, description) VALUES
    ('acme', 'idx_archive', 'Archive', 'Evening news, 1998 to 2004.'),
    ('acme', 'idx_sports', 'Sports', NULL),
    ('northwind', 'idx_archive', 'Archive', 'Not for others.');

INSERT INTO videos (n, workspace, index_id, title, source_uri, duration_seconds) VALUES
    (1, 'acme', 'idx_archive', 'Evening news, 12 May', 's3://acme/news/1998-05-12.mp4', 1750),
    (2, 'acme', 'idx_archive', 'Evening news, 13 May', 's3://acme/news/1998-05-13.mp4', 1750),
    (3, 'acme', 'idx_sports', 'Cup final', 's3://acme/sports/cup-final.mp4', 6900),
    (4, 'northwind', 'idx_archive', 'Board meeting', 's3://northwind/board.mp4', 3600);

INSERT INTO segments (n, workspace, index_id, video_n, starts_seconds, ends_seconds, text) VALUES
    (1, 'acme', 'idx_archive', 1, 0, 22, 'Presenter in the studio reads the headlines.'),
    (2, 'acme', 'idx_archive', 1, 22, 61, 'A reporter stands at the station entrance, commuters walk past.'),
    (3, 'acme', 'idx_archive', 1, 61, 95, 'Interview with a commuter on the platform about late trains.'),
    (4, 'acme', 'idx_archive', 2, 0, 30, 'Presenter in the studio, weather map behind her.'),
    (5, 'acme', 'idx_archive', 2, 30, 74, 'The reporter is back at the station, the entrance is closed by the police.'),
    (6, 'acme', 'idx_sports', 3, 4020, 4051, 'Goal from a corner kick, the crowd stands up.'),
    (7, 'acme', 'idx_sports', 3, 6800, 6900, 'The captain lifts the cup at the stadium entrance.'),
    (8, 'northwind', 'idx_archive', 4, 0, 3600, 'The board talks about the confidential merger at the station.');
