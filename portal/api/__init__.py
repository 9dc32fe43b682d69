"""The public API's shell: its address, its errors, its languages. Which rows it gives, each app registers."""
