"""The site as a WSGI application: `gunicorn app:app`, or run as a program to serve it."""

from induction import create_app

if __name__ == "__main__":
    from induction.commands import main

    raise SystemExit(main(["serve"]))

app = create_app()
