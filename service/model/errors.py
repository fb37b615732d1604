class ServiceError(Exception):
    def __init__(self, code, detail="", errors=()):
        super().__init__(detail); self.code=code; self.detail=detail; self.errors=errors
