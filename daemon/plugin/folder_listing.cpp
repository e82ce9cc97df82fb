#include "plugin/folder_listing.hpp"

#include "core/digest.hpp"
#include "plugin/file_text.hpp"
#include "plugin/instance.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <map>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace crier::plugin {

namespace {

/// Of what a person would call a post.
constexpr std::size_t longest_text = std::size_t{1} << 20U;
/// Of what describes another file.
constexpr std::size_t longest_beside = std::size_t{64} << 10U;
/// Folders in folders.
constexpr int deepest = 16;
/// A clock that was put back must not hide files for ever.
constexpr Duration unbelievable = std::chrono::minutes{5};

/// One who has a file open and writes nothing is waited for so long before that is said, and so long at all.
constexpr Duration patience_with_writers = std::chrono::minutes{1};
constexpr Duration longest_writing = std::chrono::hours{1};

/// By whether the kernel lets it be leased for reading. Of somebody else's files it says nothing: then they
/// only have to rest.
bool is_open_for_writing(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    // Who opens it just then waits for us, and we are told by a signal: by one that means nothing to anybody.
    const bool quiet = ::fcntl(fd, F_SETSIG, SIGURG) == 0;
    const bool open = quiet && ::fcntl(fd, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
    ::close(fd); // and the lease with it
    return open;
}

struct CloseFolder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

Instant instant_of(const timespec& time) {
    return Instant{std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_nsec / 1000}};
}

bool is_unfinished(std::string_view name) {
    return name.ends_with("~") || name.ends_with(".part") || name.ends_with(".tmp") ||
           name.ends_with(".crdownload") || name.ends_with(".swp");
}

/// Case does not count: cameras shout.
bool is_matched(const SourceFolder& folder, const std::string& name) {
    static const std::vector<std::string> by_default{"*.md", "*.markdown", "*.txt"};
    const std::vector<std::string>& patterns = folder.match.empty() ? by_default : folder.match;
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return ::fnmatch(pattern.c_str(), name.c_str(), FNM_CASEFOLD) == 0;
    });
}

/// "photo" of "photo.jpg", "photo.alt.txt" and "photo.jpg.txt", which belong together.
std::string_view stem_of(std::string_view name) {
    return name.substr(0, name.find('.'));
}

class Lister {
public:
    Lister(const SourceFolder& folder, Instant now)
        : folder_(folder)
        , now_(now) {}

    /// `below`: relative, with a slash at its end; empty: the folder itself.
    Result<> look(const std::string& below, int depth) {
        const std::string path = folder_.path + "/" + below;
        const OpenFolder open{::opendir(path.c_str())};
        if (!open)
            return Failure{errno == ENOENT || errno == ENOTDIR ? Cause::not_found : Cause::permission,
                           folder_.path + ": " + std::generic_category().message(errno),
                           "the folder must be there and be readable for crier's user (under systemd also "
                           "see ReadWritePaths= of the unit)"};
        const std::size_t first = listing.files.size();
        Names names;
        std::vector<std::string> folders;
        while (const dirent* entry = ::readdir(open.get())) { // NOLINT(concurrency-mt-unsafe): its own DIR
            const std::string name{static_cast<const char*>(entry->d_name)};
            if (name.front() == '.')
                continue;
            struct stat info {};
            if (::lstat((path + name).c_str(), &info) != 0)
                continue; // it has just gone
            if (S_ISDIR(info.st_mode))
                folders.push_back(below + name + "/");
            else if (S_ISLNK(info.st_mode) && is_matched(folder_, name))
                listing.warnings.push_back(below + name +
                                           " is a link and was passed over: put the file itself there");
            else if (S_ISREG(info.st_mode) && !is_unfinished(name))
                take(below, name, info, names);
        }
        add_neighbours(first, below, names);
        for (const std::string& next : folders)
            look_below(next, depth);
        return {};
    }

    Listing listing;

private:
    void look_below(const std::string& below, int depth) {
        const bool ours = depth == 0 && (below == std::string{sent_folder} + "/" ||
                                         below == std::string{failed_folder} + "/");
        if (!folder_.recursive || ours)
            return;
        if (depth >= deepest)
            listing.warnings.push_back(below + " is too deep and was passed over");
        else if (const Result<> looked = look(below, depth + 1); !looked)
            listing.warnings.push_back(below + ": " + looked.error().message);
    }

    /// A folder's files, and how each is.
    using Names = std::map<std::string, struct stat>;

    void take(const std::string& below, const std::string& name, const struct stat& info, Names& names) {
        names.emplace(name, info);
        if (!is_matched(folder_, name))
            return;
        FoundFile file;
        file.name = below + name;
        file.path = folder_.path + "/" + file.name;
        file.size = static_cast<std::uint64_t>(info.st_size);
        file.modified = instant_of(info.st_mtim);
        file.changed = instant_of(info.st_ctim);
        if (is_restless(file.changed, now_)) {
            listing.restless = true;
            return;
        }
        const Duration rests = now_ - file.changed;
        if (rests < longest_writing && is_open_for_writing(file.path)) { // somebody takes his time
            if (rests < patience_with_writers)
                listing.restless = true;
            else
                listing.warnings.push_back(file.name + ": some program has it open to write into it: it is "
                                                       "taken when that closes it");
            return;
        }
        listing.files.push_back(std::move(file));
    }

    /// Those that begin with the stem and a dot, for each of a folder's files, which are the last ones.
    void add_neighbours(std::size_t first, const std::string& below, const Names& names) {
        for (std::size_t i = first; i < listing.files.size(); ++i) {
            FoundFile& file = listing.files[i];
            const std::string own = file.name.substr(below.size());
            const std::string begin = std::string{stem_of(own)} + ".";
            for (auto at = names.lower_bound(begin); at != names.end() && at->first.starts_with(begin);
                 ++at) {
                const auto& [name, info] = *at;
                if (name == own)
                    continue;
                Neighbour neighbour;
                neighbour.name = name;
                neighbour.size = static_cast<std::uint64_t>(info.st_size);
                neighbour.changed = instant_of(info.st_ctim);
                file.beside.push_back(std::move(neighbour));
            }
        }
    }

    const SourceFolder& folder_;
    Instant now_;
};

std::string fingerprint_of(const Listing& listing) {
    Digester digester;
    for (const FoundFile& file : listing.files) {
        digester.field(file.name).field(static_cast<std::int64_t>(file.size));
        digester.field(file.changed.time_since_epoch().count());
        for (const Neighbour& neighbour : file.beside)
            digester.field(neighbour.name)
                .field(static_cast<std::int64_t>(neighbour.size))
                .field(neighbour.changed.time_since_epoch().count());
    }
    return digester.finish().hex();
}

void read_texts(Listing& listing) {
    for (FoundFile& file : listing.files) {
        file.text = text_of_file(file.path, longest_text);
        const std::string folder = file.path.substr(0, file.path.rfind('/') + 1);
        for (Neighbour& neighbour : file.beside)
            neighbour.text = text_of_file(folder + neighbour.name, longest_beside);
    }
}

} // namespace

bool is_restless(Instant changed, Instant now) noexcept {
    return now - changed < file_rests && changed - now < unbelievable;
}

Result<Listing> list_folder(const SourceFolder& folder, Instant now, std::string_view known) {
    Lister lister{folder, now};
    if (const Result<> looked = lister.look({}, 0); !looked)
        return looked.error();
    Listing& listing = lister.listing;
    std::sort(listing.files.begin(), listing.files.end(),
              [](const FoundFile& a, const FoundFile& b) { return a.name < b.name; });
    if (listing.files.size() > most_items) {
        listing.warnings.push_back("of " + std::to_string(listing.files.size()) + " files the first " +
                                   std::to_string(most_items) + " are looked at");
        listing.files.resize(most_items);
    }
    listing.fingerprint = fingerprint_of(listing);
    if (listing.fingerprint != known)
        read_texts(listing);
    return std::move(listing);
}

} // namespace crier::plugin
