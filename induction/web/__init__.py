"""The pages. A folder is a room (public, account, learner, mentor, school) and says who may open it; rooms don't know each other."""
