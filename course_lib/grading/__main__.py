"""`python -m course_lib.grading` es la orden `curso`."""

from course_lib.grading.cli import main

main()
