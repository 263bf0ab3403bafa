"""The command line `pressearchiv`: one module per verb."""
