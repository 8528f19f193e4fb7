"""The files of a course made into the nouns of `model`: courses, lessons, quizzes, tables."""
