"""`python -m hudhud` is the command `hudhud`."""

from hudhud.cli.main import main

if __name__ == "__main__":
    main()
