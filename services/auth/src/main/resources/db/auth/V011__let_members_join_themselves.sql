-- Members see each other, but nobody can be made a member by somebody else: who joins does it under their own name.
create policy members_join_themselves on member as restrictive for insert to auth with check (is_caller(account));
