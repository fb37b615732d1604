"""Pictures drawn in processes of their own, which alone hold the library that draws."""
