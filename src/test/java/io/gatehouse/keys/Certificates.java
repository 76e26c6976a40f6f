package io.gatehouse.keys;

/** Self-signed certificates and odd public keys, made once with OpenSSL; their private keys are gone. */
final class Certificates {

    /** Of a P-256 key. */
    static final String P_256 = """
            -----BEGIN CERTIFICATE-----
            MIIBiTCCAS+gAwIBAgIUeeDahOsAfEbj/1YebvjsoJT8SekwCgYIKoZIzj0EAwIw
            GTEXMBUGA1UEAwwOZ2F0ZWhvdXNlIHRlc3QwIBcNMjYxMTIyMDQ0NjQyWhgPMjEy
            NjEwMjkwNDQ2NDJaMBkxFzAVBgNVBAMMDmdhdGVob3VzZSB0ZXN0MFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEW5KjVzA/D3HgE7iCB6nXn2ulxs9jGxDw5M/C3vMd
            KUKnrMNt03POf7NvD1VclpuVsyPiDjqRGhMDq3OYk/Cb1KNTMFEwHQYDVR0OBBYE
            FEmavuttjy4GN2jK6nj65ltS2rL5MB8GA1UdIwQYMBaAFEmavuttjy4GN2jK6nj6
            5ltS2rL5MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgQqudVsv3
            o8TiL3FLc9Cp6Jw7bUFK6vY3WJMNu8awz84CIQDQ2eUe6AwervzxHgxTWASFRaec
            Udm82Iaf47JQtzxwLg==
            -----END CERTIFICATE-----
            """;

    /** The key of {@link #P_256}. */
    static final String P_256_KEY = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEW5KjVzA/D3HgE7iCB6nXn2ulxs9j
            GxDw5M/C3vMdKUKnrMNt03POf7NvD1VclpuVsyPiDjqRGhMDq3OYk/Cb1A==
            -----END PUBLIC KEY-----
            """;

    /** Of an RSA key of 1024 bits. */
    static final String WEAK_RSA = """
            -----BEGIN CERTIFICATE-----
            MIIB/DCCAWWgAwIBAgIUKhBv9P9rC9oANN1ur68cohwNWkIwDQYJKoZIhvcNAQEL
            BQAwDzENMAsGA1UEAwwEd2VhazAgFw0yNjExMjIwNDQ2NDJaGA8yMTI2MTAyOTA0
            NDY0MlowDzENMAsGA1UEAwwEd2VhazCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkC
            gYEA2KhzX06vkfcxjoYzx9yDR0MkN78TJ+DHD8QPbhIqzmQe1MapCGh9m0hoRiqv
            s59rwjysmNVVmGc3a6a6AvLNitnfAJ4RYFE6vwtpXavZ46/l9a9owXG5qui5kLBs
            lQwTrsJebOmJ1isA0sGY7HQMAjM31m0zjVxegssblFaQXe0CAwEAAaNTMFEwHQYD
            VR0OBBYEFKGKek9gc8TthDlCV4Qm75mlgyUzMB8GA1UdIwQYMBaAFKGKek9gc8Tt
            hDlCV4Qm75mlgyUzMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEA
            qaZwqx+FGD060Y7+F2+VhXqaxcjrFsQIqE1dMl9TNQu+M+fGNQP93l0HGx5geVll
            YQlEk9VSYIXqcr14fhSYbP/Zsg8DHkX+dnFaJO+66Uo4DKdNlLQds6O56n3t55Lw
            9IMfXxyT8KhsaTDecSosZfu3mp6W18nyuVNPyJTBspQ=
            -----END CERTIFICATE-----
            """;

    static final String SECP256K1_KEY = """
            -----BEGIN PUBLIC KEY-----
            MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEEx0TMEwcmwSZYT30UBPP81WghXA9x/u+
            VvFswTcaNJZ9r7Az8e6qJMgXpy428EUbmWPcwpkzIRtc6SOXuL/XRw==
            -----END PUBLIC KEY-----
            """;

    private Certificates() {}
}
