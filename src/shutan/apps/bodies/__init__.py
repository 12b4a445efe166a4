"""Service bodies (measure 5): their register, from the body's own application to the page anybody may read."""
