#include "commands/check_secrets.hpp"

#include "commands/folder_files.hpp"
#include "commands/tracked.hpp"
#include "core/ascii.hpp"
#include "core/leaks.hpp"
#include "core/secret.hpp"
#include "core/secret_looks.hpp"
#include "sys/shell_word.hpp"
#include "sys/token_source.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace crier::commands {
namespace {

using config::Problem;

constexpr std::size_t largest_file = std::size_t{1} << 20U;
constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20U;
constexpr std::size_t most_problems = 50;

/// One of the configured tokens, so far as it can be read.
struct InUse {
    std::string what; ///< "the token of account news"
    Secret value;
};

/// The tokens that the configuration names, and the files that they come from.
class TokensInUse {
public:
    TokensInUse(const Invocation& call, const Settings& settings)
        : call_(call) {
        for (const auto& [name, account] : settings.accounts) {
            add("the token of account " + name, account.token);
            if (account.evidence)
                add("the second token of account " + name, *account.evidence);
        }
        for (const SourceSettings& source : settings.sources)
            if (source.hook && source.hook->secret)
                add("the secret of source " + source.name, *source.hook->secret);
        if (settings.alerts.webhook_token)
            add("the token of the alerts' webhook", *settings.alerts.webhook_token);
    }

    [[nodiscard]] const std::vector<InUse>& all() const noexcept { return all_; }
    [[nodiscard]] const std::set<std::string>& files() const noexcept { return files_; }

private:
    void add(std::string what, const TokenRef& ref) {
        if (ref.kind == TokenRef::Kind::file)
            files_.insert(ref.name);
        Result<Secret> value = sys::make_token_source(ref, call_.environment)->read();
        if (!value && ref.kind == TokenRef::Kind::file) {
            // One that is open to others is refused, and is the very one to look for.
            constexpr std::size_t longest = 4096;
            std::optional<std::string> text = read_bytes(ref.name, longest);
            if (text)
                value = sys::parse_token(*text, ref.name);
        }
        if (value)
            all_.push_back({std::move(what), std::move(*value)});
    }

    const Invocation& call_;
    std::vector<InUse> all_;
    std::set<std::string> files_;
};

std::string whole_path(const std::string& path) {
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(path, error);
    return error ? path : whole.lexically_normal().string();
}

bool is_environment_file(std::string_view name) {
    return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

/// By its name it is there to hold secrets.
bool is_made_for_secrets(const std::string& path) {
    const std::string_view whole = path;
    const std::string_view name = whole.substr(whole.rfind('/') + 1);
    if (is_environment_file(name))
        return true;
    for (const std::string_view end : {".token", ".secret", ".credential", ".credentials"})
        if (name.ends_with(end))
            return true;
    for (const std::string_view folder : {"/secrets/", "/credentials/", "/.secrets/"})
        if (whole.find(folder) != std::string_view::npos)
            return true;
    return false;
}

/// Where web servers look, by what distributions and providers set up.
bool is_served(const std::string& path) {
    for (const std::string_view root : {"/var/www/", "/srv/www/", "/srv/http/", "/usr/share/nginx/html/"})
        if (path.starts_with(root))
            return true;
    for (const std::string_view folder : {"/public_html/", "/htdocs/", "/wwwroot/"})
        if (path.find(folder) != std::string::npos)
            return true;
    return false;
}

bool is_yaml(const std::string& path) {
    return path.ends_with(".yaml") || path.ends_with(".yml");
}

/// What holds pictures and the like, without a look into it.
bool is_no_text(const std::string& path) {
    static constexpr std::array<std::string_view, 24> ends{
        ".jpg",  ".jpeg", ".png", ".gif", ".webp",   ".avif",  ".heic", ".mp4",
        ".webm", ".mov",  ".mp3", ".ogg", ".wav",    ".flac",  ".pdf",  ".zip",
        ".gz",   ".xz",   ".zst", ".db",  ".sqlite", ".woff2", ".so",   ".o"};
    const std::string small = ascii::lower(std::string_view{path}.substr(path.rfind('/') + 1));
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return small.ends_with(end); });
}

std::string octal_mode(mode_t mode) {
    std::string text = "0000";
    for (std::size_t i = 0; i < 3; ++i)
        text[3 - i] = static_cast<char>('0' + ((mode >> (3U * i)) & 7U));
    return text;
}

const char* const revoke =
    "delete the application under Preferences > Development on the server and make a new one";

/// Looks through files and says what stands in them that should not.
class SecretScan {
public:
    /// `store`: the database; it and what lies beside it under its name is not looked at.
    SecretScan(const std::vector<InUse>& in_use, const std::set<std::string>& token_files, std::string store,
               const std::vector<Problem>& said)
        : in_use_(in_use)
        , token_files_(token_files)
        , store_(std::move(store)) {
        for (const InUse& one : in_use)
            known_.push_back(one.value.reveal());
        for (const Problem& problem : said)
            if (!problem.warning)
                said_.insert({whole_path(problem.file), problem.line});
    }

    /// False: so much was read that this is the end of it.
    bool look_at(const FolderFile& file) {
        const bool stored = !store_.empty() && file.path.starts_with(store_);
        if (stored || is_no_text(file.path) || file.size > largest_file || !seen_.insert(file.path).second)
            return true;
        if (read_ + file.size > most_bytes)
            return false;
        read_ += file.size;
        const std::optional<std::string> text = read_text(file.path, largest_file);
        if (!text)
            return true;
        std::vector<Leak> leaks = find_leaks(*text, known_);
        const bool for_secrets = is_made_for_secrets(file.path) || token_files_.contains(file.path);
        if (leaks.empty() && for_secrets && is_lone_secret(*text)) {
            Leak whole;
            whole.kind = Leak::Kind::token;
            whole.length = ascii::trimmed(*text).size();
            leaks.push_back(whole);
        }
        std::erase_if(leaks, [&](const Leak& leak) { return said_.contains({file.path, leak.line}); });
        if (!leaks.empty())
            judge(file, leaks, for_secrets);
        return true;
    }

    void warn(const std::string& file, std::string message, std::string hint) {
        add(file, 0, 0, std::move(message), std::move(hint), true);
    }

    [[nodiscard]] SecretCheck found() && {
        for (const std::string& root : tracked_.unknown())
            warn(root,
                 "its .git/index is in a form that crier does not read: whether git tracks a secret is not "
                 "known",
                 "git ls-files shows what it tracks");
        if (dropped_ > 0) {
            check_.problems.pop_back(); // for this one
            const std::size_t left = std::exchange(dropped_, 0) + 1;
            warn(check_.problems.front().file, std::to_string(left) + " more such places are not shown",
                 "mend these, and check again");
        }
        return std::move(check_);
    }

private:
    void judge(const FolderFile& file, const std::vector<Leak>& leaks, bool for_secrets) {
        const bool others = (file.mode & (S_IROTH | S_IWOTH)) != 0;
        const bool alone = (file.mode & (S_IRWXG | S_IRWXO)) == 0;
        if (tracked_.has(file.path)) {
            for (const Leak& leak : leaks)
                in_git(file, leak);
            return;
        }
        if (is_served(file.path)) {
            warn_at(file, leaks.front(),
                    in_words(leaks.front()) + " stands where a web server looks for what it serves",
                    std::string{"move the file to where only crier reads it; if it was ever served, "} +
                        revoke);
            return;
        }
        if ((for_secrets && !others) || (alone && !is_yaml(file.path)))
            return;
        if (for_secrets) {
            warn_at(file, leaks.front(),
                    in_words(leaks.front()) + " stands in a file that others may read (mode " +
                        octal_mode(file.mode) + ")",
                    "chmod 600 " + sys::shell_word(file.path) + "; if others use this machine, " + revoke);
            return;
        }
        for (const Leak& leak : leaks)
            warn_at(
                file, leak, in_words(leak) + " stands here in the open",
                std::string{
                    "move it to a variable in crier.env, a systemd credential or a file of mode 0600 "
                    "(token: {env: NAME}, {credential: NAME} or {file: PATH}); if others have seen it, "} +
                    revoke);
    }

    void in_git(const FolderFile& file, const Leak& leak) {
        const bool live = leak.kind == Leak::Kind::known;
        const std::string hint = std::string{live ? "" : "if it is a real one, "} + revoke +
                                 ", for the history keeps this one; then git rm --cached " +
                                 sys::shell_word(file.path) + " and name the file in .gitignore";
        add(file.path, leak.line, leak.column, in_words(leak) + " stands in a file that git tracks", hint,
            !live);
        if (live)
            check_.code = exit_token;
    }

    [[nodiscard]] std::string in_words(const Leak& leak) const {
        const std::string length = " (" + std::to_string(leak.length) + " characters)";
        switch (leak.kind) {
        case Leak::Kind::known:
            return in_use_[leak.known].what;
        case Leak::Kind::bearer:
            return "a bearer token" + length;
        case Leak::Kind::access_token:
            return "an access token" + length;
        case Leak::Kind::client_secret:
            return "a client secret" + length;
        case Leak::Kind::token:
            return "what looks like a token" + length;
        case Leak::Kind::secret:
            break;
        }
        return "what looks like a secret" + length;
    }

    void warn_at(const FolderFile& file, const Leak& leak, std::string message, std::string hint) {
        add(file.path, leak.line, leak.column, std::move(message), std::move(hint), true);
    }

    void add(const std::string& file, int line, int column, std::string message, std::string hint,
             bool warning) {
        if (check_.problems.size() >= most_problems && warning) {
            ++dropped_;
            return;
        }
        Problem problem;
        problem.file = file;
        problem.line = line;
        problem.column = column;
        problem.message = std::move(message);
        problem.hint = std::move(hint);
        problem.warning = warning;
        check_.problems.push_back(std::move(problem));
    }

    const std::vector<InUse>& in_use_;
    const std::set<std::string>& token_files_;
    std::string store_;
    std::vector<std::string_view> known_;
    std::set<std::pair<std::string, int>> said_;
    std::set<std::string> seen_;
    Tracked tracked_;
    SecretCheck check_;
    std::uint64_t read_ = 0;
    std::size_t dropped_ = 0;
};

/// The folders of the configuration's files, none below another one.
std::vector<std::string> folders_of(const std::vector<std::string>& files) {
    std::set<std::string> folders;
    for (const std::string& file : files)
        folders.insert(std::filesystem::path{whole_path(file)}.parent_path().string());
    std::vector<std::string> roots;
    for (const std::string& folder : folders) {
        const bool below = std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
            return folder.starts_with(root == "/" ? root : root + "/");
        });
        if (!below)
            roots.push_back(folder);
    }
    return roots;
}

} // namespace

SecretCheck check_secrets(const Invocation& call, const config::Loaded& loaded) {
    const TokensInUse tokens{call, loaded.settings ? *loaded.settings : Settings{}};
    SecretScan scan{tokens.all(), tokens.files(), loaded.settings ? loaded.settings->store : std::string{},
                    loaded.problems};
    for (const std::string& path : tokens.files()) {
        FolderFile file{path, 0, 0};
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        file.mode = info.st_mode;
        file.size = static_cast<std::uint64_t>(info.st_size);
        scan.look_at(file);
    }
    FolderBounds bounds;
    for (const std::string& folder : folders_of(loaded.files)) {
        const FolderFiles found = files_below(folder, bounds);
        bool all = found.complete;
        for (const FolderFile& file : found.files)
            if (!scan.look_at(file)) {
                all = false;
                break;
            }
        if (!all)
            scan.warn(folder, "the folder is large: secrets were looked for in a part of it only",
                      "keep the configuration in a folder of its own");
        bounds.files -= std::min(bounds.files, found.files.size());
    }
    return std::move(scan).found();
}

} // namespace crier::commands
