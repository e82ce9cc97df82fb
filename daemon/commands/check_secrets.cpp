#include "commands/check_secrets.hpp"

#include "commands/folder_files.hpp"
#include "commands/secret_places.hpp"
#include "commands/tokens_in_use.hpp"
#include "commands/tracked.hpp"
#include "commands/whole_path.hpp"
#include "core/leaks.hpp"
#include "core/secret_looks.hpp"
#include "sys/shell_word.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace crier::commands {
namespace {

using config::Problem;

constexpr std::size_t largest_file = std::size_t{1} << 20U;
constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20U;
constexpr std::size_t most_warnings = 50;

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
    SecretScan(const TokensInUse& tokens, const std::string& store, const std::vector<Problem>& said)
        : in_use_(tokens.all())
        , token_files_(tokens.files()) {
        if (!store.empty())
            store_ = real_path(store);
        for (const TokenInUse& one : in_use_)
            known_.push_back(one.value.reveal());
        for (const Problem& problem : said)
            if (!problem.warning)
                said_.insert({real_path(problem.file), problem.line});
    }

    /// `real`: its path without symbolic links. False: so much was read that this is the end of it.
    bool look_at(const FolderFile& file, const std::string& real) {
        const bool stored = !store_.empty() && real.starts_with(store_);
        if (stored || is_no_text(file.path) || file.size > largest_file || !seen_.insert(real).second)
            return true;
        if (read_ + file.size > most_bytes)
            return false;
        read_ += file.size;
        const std::optional<std::string> text = read_text(file.path, largest_file);
        if (!text)
            return true;
        const bool for_secrets = is_made_for_secrets(file.path) || is_made_for_secrets(real) ||
                                 token_files_.contains(file.path) || token_files_.contains(real) ||
                                 (is_named_after_a_secret(file.path) && is_lone_secret(*text));
        std::vector<Leak> leaks = find_leaks(*text, known_);
        if (leaks.empty() && for_secrets)
            leaks = find_lone_leaks(*text);
        std::erase_if(leaks, [&](const Leak& leak) { return said_.contains({real, leak.line}); });
        if (!leaks.empty())
            judge(file, real, leaks, for_secrets);
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
            const auto last = std::find_if(check_.problems.rbegin(), check_.problems.rend(),
                                           [](const Problem& problem) { return problem.warning; });
            check_.problems.erase(std::next(last).base()); // for this one
            --warnings_;
            const std::size_t left = std::exchange(dropped_, 0) + 1;
            warn(check_.problems.front().file, std::to_string(left) + " more such places are not shown",
                 "mend these, and check again");
        }
        return std::move(check_);
    }

private:
    void judge(const FolderFile& file, const std::string& real, const std::vector<Leak>& leaks,
               bool for_secrets) {
        const bool others = (file.mode & (S_IROTH | S_IWOTH)) != 0;
        const bool alone = (file.mode & (S_IRWXG | S_IRWXO)) == 0;
        if (tracked_.has(real)) {
            for (const Leak& leak : leaks)
                in_git(file, real, leak);
            return;
        }
        if (is_served(file.path) || is_served(real)) {
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
                    "chmod 600 " + sys::shell_word(real) + "; if others use this machine, " + revoke);
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

    void in_git(const FolderFile& file, const std::string& real, const Leak& leak) {
        const bool live = leak.kind == Leak::Kind::known;
        const std::string hint = std::string{live ? "" : "if it is a real one, "} + revoke +
                                 ", for the history keeps this one; then git rm --cached " +
                                 sys::shell_word(real) + " and name the file in .gitignore";
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
        if (warning && warnings_ == most_warnings) {
            ++dropped_;
            return;
        }
        warnings_ += warning ? 1U : 0U;
        Problem problem;
        problem.file = file;
        problem.line = line;
        problem.column = column;
        problem.message = std::move(message);
        problem.hint = std::move(hint);
        problem.warning = warning;
        check_.problems.push_back(std::move(problem));
    }

    const std::vector<TokenInUse>& in_use_;
    const std::set<std::string>& token_files_;
    std::string store_;
    std::vector<std::string_view> known_;
    std::set<std::pair<std::string, int>> said_;
    std::set<std::string> seen_;
    Tracked tracked_;
    SecretCheck check_;
    std::uint64_t read_ = 0;
    std::size_t warnings_ = 0;
    std::size_t dropped_ = 0;
};

bool is_below(const std::string& path, const std::string& folder) {
    return path.starts_with(folder == "/" ? folder : folder + "/");
}

/// A folder to look through. Problems name its files as the configuration's file is named.
struct Root {
    std::string path;
    std::string real; ///< without symbolic links

    [[nodiscard]] std::string real_path_of(const FolderFile& file) const {
        return (real == "/" ? "" : real) + file.path.substr(path == "/" ? 0 : path.size());
    }
};

/// The folders of the configuration's files, and those where the files really lie, none below another one.
std::vector<Root> folders_of(const std::vector<std::string>& files) {
    std::map<std::string, std::string> paths; // by the real one: those above come before those below
    for (const std::string& file : files) {
        const std::string named = std::filesystem::path{whole_path(file)}.parent_path().string();
        paths.insert_or_assign(real_path(named), named);
    }
    for (const std::string& file : files) {
        const std::string behind = std::filesystem::path{real_path(file)}.parent_path().string();
        // A machine's packages lie beside a file there, and nobody's secrets.
        if (behind != "/nix/store" && behind != "/gnu/store")
            paths.emplace(behind, behind);
    }
    std::vector<Root> roots;
    for (const auto& [real, path] : paths)
        if (std::none_of(roots.begin(), roots.end(),
                         [&, &real = real](const Root& root) { return is_below(real, root.real); }))
            roots.push_back({path, real});
    return roots;
}

/// A token may come from anywhere.
void look_at_token_files(const std::set<std::string>& paths, SecretScan& scan) {
    for (const std::string& path : paths) {
        struct stat info {};
        // Where a symbolic link leads is one of the paths, too.
        if (::lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        FolderFile file{path, info.st_mode, static_cast<std::uint64_t>(info.st_size)};
        scan.look_at(file, real_path(path));
    }
}

} // namespace

SecretCheck check_secrets(const Invocation& call, const config::Loaded& loaded) {
    const TokensInUse tokens{call, loaded.settings ? *loaded.settings : Settings{}};
    SecretScan scan{tokens, loaded.settings ? loaded.settings->store : std::string{}, loaded.problems};
    look_at_token_files(tokens.files(), scan);
    FolderBounds bounds;
    for (const Root& root : folders_of(loaded.files)) {
        const FolderFiles found = files_below(root.path, bounds);
        bool all = found.complete;
        for (const FolderFile& file : found.files)
            if (!scan.look_at(file, root.real_path_of(file))) {
                all = false;
                break;
            }
        if (!all)
            scan.warn(root.path, "the folder is large: secrets were looked for in a part of it only",
                      "keep the configuration in a folder of its own");
        bounds.files -= std::min(bounds.files, found.files.size());
    }
    return std::move(scan).found();
}

} // namespace crier::commands
