"""Verifies a JWT by the keys of a JWK set with a library that is not ours, and prints its claims as JSON.

Reads one JSON object from standard input: library (jose or authlib), algorithm, jwks, jwt, issuer, audience, now.
"""

import json
import sys


def key_of(keys, kid):
    return next(key for key in keys["keys"] if key["kid"] == kid)


def by_jose(asked):
    from jose import jwt

    kid = jwt.get_unverified_header(asked["jwt"])["kid"]
    return jwt.decode(
        asked["jwt"],
        key_of(asked["jwks"], kid),
        algorithms=[asked["algorithm"]],
        issuer=asked["issuer"],
        audience=asked["audience"],
    )


def by_authlib(asked):
    from authlib.jose import JsonWebKey, JsonWebToken

    claims = JsonWebToken([asked["algorithm"]]).decode(
        asked["jwt"],
        JsonWebKey.import_key_set(asked["jwks"]),
        claims_options={
            "iss": {"essential": True, "value": asked["issuer"]},
            "aud": {"essential": True, "value": asked["audience"]},
            "exp": {"essential": True},
            "jti": {"essential": True},
        },
    )
    claims.validate()
    return claims


asked = json.load(sys.stdin)
json.dump({"jose": by_jose, "authlib": by_authlib}[asked["library"]](asked), sys.stdout)
