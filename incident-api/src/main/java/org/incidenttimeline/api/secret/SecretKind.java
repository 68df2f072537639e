package org.incidenttimeline.api.secret;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * The shapes of well-known credentials, as their issuers document them. They are matched in time linear in the text (RE2), and
 * only where one of the marks, in lower case, is in it.
 */
enum SecretKind {
    PRIVATE_KEY("a private key", "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----", "private key"),
    JSON_WEB_TOKEN("a JSON Web Token", "\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}", "eyj"),
    AUTHORIZATION(
            "an Authorization header",
            "(?i)\\bauthorization['\"]?\\s*[:=]\\s*['\"]?(?:bearer|basic|token|digest|apikey)\\s+[A-Za-z0-9._~+/=-]{8,}",
            "authorization"),
    BEARER("a bearer token", "(?i)\\bbearer\\s+[A-Za-z0-9._~+/-]{20,}=*", "bearer"),
    URL_WITH_PASSWORD(
            "a URL with a password",
            "(?i)\\b[a-z][a-z0-9+.-]{1,20}://[^\\s/:@]*:[^\\s/@*<>\\[\\]{}$]{3,}@[^\\s/]+",
            "://"),
    CURL_WITH_PASSWORD(
            "a user and password for curl",
            "(?i)\\bcurl\\b[^\\n]*\\s(?:-u|--user)[\\s=]*['\"]?[^\\s:'\"]+:[^\\s'\"$]{4,}",
            "curl"),
    AWS_ACCESS_KEY("an AWS access key", "\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\b", "akia", "asia", "abia", "acca"),
    AWS_SECRET_KEY(
            "an AWS secret key",
            "(?i)\\baws.{0,30}(?:secret|key).{0,30}[\\s'\"=:][A-Za-z0-9/+]{40}(?:[^A-Za-z0-9/+]|$)",
            "aws"),
    AZURE_STORAGE_KEY("an Azure storage key", "(?i)\\bAccountKey=[A-Za-z0-9+/]{60,}={0,2}", "accountkey"),
    AZURE_SIGNATURE("a shared access signature of Azure", "[?&]sig=[A-Za-z0-9%+/]{30,}", "sig="),
    GOOGLE_API_KEY("a Google API key", "\\bAIza[A-Za-z0-9_-]{35}", "aiza"),
    GOOGLE_OAUTH(
            "a Google OAuth token or secret",
            "\\b(?:ya29\\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,})",
            "ya29.",
            "gocspx-"),
    GITHUB_TOKEN(
            "a GitHub token",
            "\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})",
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_"),
    GITLAB_TOKEN(
            "a GitLab token",
            "\\bgl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt)-[A-Za-z0-9_-]{20,}",
            "glpat-",
            "glptt-",
            "gldt-",
            "glrt-",
            "glcbt-",
            "glft-",
            "glsoat-",
            "glagent-",
            "glimt-"),
    SLACK_TOKEN("a Slack token", "\\bx(?:ox[abeoprs]|app)-[A-Za-z0-9-]{10,}", "xox", "xapp-"),
    SLACK_HOOK(
            "the address of a Slack webhook",
            "hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}",
            "hooks.slack.com"),
    STRIPE_KEY(
            "a Stripe key", "\\b(?:(?:sk|rk)_(?:live|test)_|whsec_)[A-Za-z0-9+/]{16,}", "_live_", "_test_", "whsec_"),
    TWILIO_KEY("a Twilio key", "\\bSK[0-9a-f]{32}\\b", "sk"),
    SENDGRID_KEY("a SendGrid key", "\\bSG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}", "sg."),
    MAILGUN_KEY("a Mailgun key", "\\bkey-[0-9a-z]{32}\\b", "key-"),
    NPM_TOKEN("an npm token", "\\bnpm_[A-Za-z0-9]{36}", "npm_"),
    PYPI_TOKEN("a PyPI token", "\\bpypi-[A-Za-z0-9_-]{40,}", "pypi-"),
    DOCKER_TOKEN("a Docker token", "\\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}", "dckr_"),
    AI_KEY("a key of a language model", "\\bsk-[A-Za-z0-9_-]{20,}", "sk-"),
    VAULT_TOKEN("a Vault token", "\\bhv[sbr]\\.[A-Za-z0-9_-]{20,}", "hvs.", "hvb.", "hvr."),
    DIGITALOCEAN_TOKEN("a DigitalOcean token", "\\bdo[opr]_v1_[a-f0-9]{64}", "_v1_"),
    GRAFANA_TOKEN("a Grafana token", "\\bgl(?:sa|c)_[A-Za-z0-9_+/=-]{28,}", "glsa_", "glc_"),
    DATABRICKS_TOKEN("a Databricks token", "\\bdapi[0-9a-f]{32}", "dapi"),
    SHOPIFY_TOKEN("a Shopify token", "\\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "shp"),
    TELEGRAM_TOKEN("the token of a Telegram bot", "\\b[0-9]{8,10}:AA[A-Za-z0-9_-]{32,}", ":aa"),
    OWN_KEY("a key of this service", "\\bitl_[a-z0-9]{12}_[A-Za-z0-9_-]{20,}", "itl_"),
    /** Whatever is said to be a password or the like; its value is looked at once more. */
    SAID_SECRET(
            "a password or token",
            "(?i)(?:password|passwd|pwd|passphrase|secret|token|api[_ -]?key|access[_ -]?key|credential)s?['\"]?\\s*(?:is|was|:|=>|=)\\s*['\"]?([^\\s'\",;<>*]{8,})",
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "key",
            "credential");

    private final String name;
    private final Pattern pattern;

    @SuppressWarnings("ImmutableEnumChecker") // It is one of List.of.
    private final List<String> marks;

    SecretKind(String name, String pattern, String... marks) {
        this.name = name;
        this.pattern = Pattern.compile(pattern);
        this.marks = List.of(marks);
    }

    /** What it is, for a sentence. */
    String told() {
        return name;
    }

    /**
     * Whether there is one in the text.
     *
     * @param lower the text in lower case
     */
    boolean isIn(String text, String lower) {
        if (marks.stream().noneMatch(lower::contains)) {
            return false;
        }
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (this != SAID_SECRET || looksChosen(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }

    /** Words, numbers and names of variables are told of secrets; a secret has letters and digits or signs between each other. */
    private static boolean looksChosen(String value) {
        boolean refersToAnother = value.startsWith("$") || value.startsWith("{") || value.contains("://");
        boolean letters = value.chars().anyMatch(Character::isLetter);
        long digits = value.chars().filter(Character::isDigit).count();
        long signs = value.chars()
                .filter(c -> !Character.isLetterOrDigit(c) && "._-:/()?".indexOf(c) < 0)
                .count();
        return !refersToAnother && letters && (digits >= 2 || signs >= 1) && distinct(value) >= 6;
    }

    private static long distinct(String value) {
        return value.chars().distinct().count();
    }
}
