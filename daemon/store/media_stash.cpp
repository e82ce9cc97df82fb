#include "store/media_stash.hpp"

#include "core/address.hpp"
#include "core/digest.hpp"
#include "core/media/kind.hpp"
#include "store/turns.hpp"
#include "store/worker.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <linux/fs.h>
#include <optional>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>
#include <utility>

namespace crier::store {

namespace asio = boost::asio;

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) noexcept
        : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const noexcept { return number_; }

private:
    int number_;
};

constexpr std::string_view partial = ".part";

/// Whatever a server says that it takes: a download is in memory until it is whole.
constexpr std::uint64_t most_bytes = 128U << 20U;

Failure file_trouble(const std::string& path) {
    return Failure{Cause::temporary, path + ": " + std::generic_category().message(errno),
                   "make room, or make the directory writable"};
}

/// All of it; false with errno.
bool write_bytes(int to, const std::string& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(to, bytes.data() + done, bytes.size() - done);
        if (n >= 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            return false;
    }
    return true;
}

Failure unreadable(const std::string& file, const std::string& why, Cause cause = Cause::not_found) {
    return Failure{cause, file + " cannot be read: " + why,
                   "put it where crier's user may read it (the service sees no home directories)"};
}

/// All of one file into another, empty one; false with errno.
bool copy_bytes(int from, int to) {
    if (::ioctl(to, FICLONE, from) == 0)
        return true;
    constexpr std::size_t at_once = 1U << 20U;
    for (;;) {
        const ssize_t copied = ::sendfile(to, from, nullptr, at_once);
        if (copied == 0)
            return true;
        if (copied < 0 && errno != EINTR)
            return false;
    }
}

/// A command that root runs on a stopped daemon's store leaves what the daemon can read; false with errno.
bool give_to_owner(int file, const std::string& directory) {
    struct stat there {};
    return ::geteuid() != 0 ||
           (::stat(directory.c_str(), &there) == 0 && ::fchown(file, there.st_uid, there.st_gid) == 0);
}

/// With the dot, as people's programs write them; empty for what is none.
std::string extension_of(const std::string& file) {
    constexpr std::size_t longest = 6;
    std::string extension = std::filesystem::path{file}.extension().string();
    const bool plain =
        extension.size() <= longest && std::all_of(extension.begin(), extension.end(), [](char c) {
            return c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
    return plain ? extension : std::string{};
}

std::string base_of_path(const std::string& path) {
    return path.substr(path.rfind('/') + 1); // all of it, where there is none
}

/// "NAME-1f2e3d4c.png", as stem() names them; what else lies there is somebody else's.
bool is_own(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    const std::size_t dash = stem.rfind('-');
    return dash != std::string::npos && dash + 9 == stem.size() &&
           stem.find_first_not_of("0123456789abcdef", dash + 1) == std::string::npos;
}

/// A directory of whole files: each is written beside its place, synced and renamed. Where there is a vault,
/// a file is in there before it is in the directory, so that what the directory has the vault had.
class MediaFiles {
public:
    MediaFiles(std::string directory, std::unique_ptr<MediaVault> vault)
        : directory_(std::move(directory))
        , vault_(std::move(vault)) {}

    /// The address is part of the name: another one under the same name is another file.
    [[nodiscard]] std::string stem(const std::string& url, const std::string& name) const {
        return directory_ + "/" + name + "-" + digest_of(url).hex().substr(0, 8);
    }

    /// The file with this stem, when it is there.
    [[nodiscard]] std::optional<FetchedMedia> find(const std::string& stem) const;
    [[nodiscard]] bool has_vault() const noexcept { return vault_ != nullptr; }
    /// The file with this stem from the vault, if that has one. For the stash's own thread.
    [[nodiscard]] Result<> bring_with_stem(const std::string& stem);

    /// For the stash's own thread.
    [[nodiscard]] Result<> keep(const std::string& path, const std::string& bytes);

    /// Where a copy of `file` is, made at `path` if there was none yet; `file` itself, where that is too
    /// large for a copy. For the stash's own thread.
    [[nodiscard]] Result<std::string> copy(const std::string& file, const std::string& path);

    /// For the stash's own thread.
    void forget(const std::string& file) const {
        const std::optional<std::string> ours = ours_of(file);
        if (!ours)
            return;
        ::unlink(ours->c_str());
        ::unlink(shown(*ours).c_str());
        forget_elsewhere(*ours);
    }

    /// For the stash's own thread, as what follows.
    void put_by(const std::string& file);
    [[nodiscard]] Result<std::string> read(const std::string& file, std::uint64_t most);
    [[nodiscard]] static Result<std::string> head(const std::string& file);

    /// For the stash's own thread.
    [[nodiscard]] std::vector<MediaFetcher::Kept> all() const;

private:
    [[nodiscard]] Result<> prepare();
    [[nodiscard]] std::vector<MediaFetcher::Kept> all_here() const;
    /// Where `file` lies, or would: it is directly in the directory, or with a vault in that of another
    /// machine's. Nothing: it is somebody else's.
    [[nodiscard]] std::optional<std::string> ours_of(const std::string& file) const;
    /// From the vault to `path`; false: there is none.
    [[nodiscard]] Result<bool> bring(const std::string& path);
    /// `file`, or what it is here when it is a kept one of another machine's.
    [[nodiscard]] Result<std::string> here(const std::string& file);
    /// What was written to the open file `to`, which is to be at `path`, goes into the vault first. If that
    /// has the name already, its bytes are the file's from then on.
    [[nodiscard]] Result<> share(const std::string& path, int to) const;
    /// What the vault does not forget now is an orphan there, which goes by its age.
    void forget_elsewhere(const std::string& path) const {
        if (vault_)
            (void)vault_->forget(base_of_path(path));
    }
    [[nodiscard]] std::string shown(const std::string& file) const {
        return directory_ + "/shown" + file.substr(file.rfind('/'));
    }
    void trim_shown();
    template <class Fill>
    [[nodiscard]] Result<> put(const std::string& path, Fill fill);

    std::string directory_;
    std::unique_ptr<MediaVault> vault_; ///< null: the files are this machine's alone
    bool prepared_ = false;
    /// What lies in "shown" together, or more: what is forgotten is not taken off. Nothing: not looked at
    /// yet.
    std::optional<std::uint64_t> shown_bytes_;
};

FetchedMedia ready(std::string file, const media::Kind& kind) {
    FetchedMedia fetched;
    fetched.reply = Reply{Verdict::media_ready, 200, {}};
    fetched.file = std::move(file);
    fetched.type = std::string{kind.type()};
    return fetched;
}

FetchedMedia refused(Verdict verdict, int http, std::string words) {
    FetchedMedia fetched;
    fetched.reply = Reply{verdict, http, std::move(words)};
    return fetched;
}

std::optional<FetchedMedia> MediaFiles::find(const std::string& stem) const {
    for (const std::string_view extension : media::extensions()) {
        std::string path = stem + std::string{extension};
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0)
            continue;
        std::array<char, media::kind_head> head{};
        const ssize_t length = ::read(fd, head.data(), head.size());
        ::close(fd);
        if (length <= 0)
            continue;
        if (const media::Kind* kind = media::kind_of({head.data(), static_cast<std::size_t>(length)}))
            return ready(std::move(path), *kind);
    }
    return std::nullopt;
}

/// At the first use: what a sudden end cut off is of no use to anybody.
Result<> MediaFiles::prepare() {
    if (::mkdir(directory_.c_str(), 0700) == 0) {
        const Descriptor made{::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        if (made.get() < 0 || !give_to_owner(made.get(), directory_ + "/.."))
            return file_trouble(directory_);
    } else if (errno != EEXIST) {
        return file_trouble(directory_);
    }
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{directory_, error})
        if (entry.path().extension() == partial && is_own(entry.path().stem()))
            ::unlink(entry.path().c_str());
    prepared_ = true;
    return {};
}

/// `fill` writes into the open file.
template <class Fill>
Result<> MediaFiles::put(const std::string& path, Fill fill) {
    if (!prepared_)
        if (Result<> done = prepare(); !done)
            return done;
    const std::string beside = path + std::string{partial};
    const Descriptor to{::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)};
    Result<> filled = to.get() >= 0 && give_to_owner(to.get(), directory_) ? fill(to.get())
                                                                           : Result<>{file_trouble(beside)};
    if (filled && ::fdatasync(to.get()) == 0 && ::rename(beside.c_str(), path.c_str()) == 0)
        return {};
    Failure failed = filled ? file_trouble(beside) : filled.error();
    ::unlink(beside.c_str());
    return failed;
}

Result<> MediaFiles::keep(const std::string& path, const std::string& bytes) {
    return put(path, [&](int to) { return write_bytes(to, bytes) ? share(path, to) : file_trouble(path); });
}

std::optional<std::string> MediaFiles::ours_of(const std::string& file) const {
    const std::size_t slash = file.rfind('/');
    if (slash == std::string::npos)
        return std::nullopt;
    if (std::string_view{file}.substr(0, slash) == directory_)
        return file;
    const std::filesystem::path path{file};
    const std::filesystem::path directory{directory_};
    if (!vault_ || !is_own(path) || path.parent_path().filename() != directory.filename())
        return std::nullopt;
    return directory_ + file.substr(slash);
}

Result<> MediaFiles::share(const std::string& path, int to) const {
    if (!vault_)
        return {};
    const std::string name = base_of_path(path);
    const Result<bool> put = vault_->put(name, to);
    if (!put)
        return put.error();
    if (*put)
        return {};
    const Result<bool> got = vault_->get(name, to);
    return got ? Result<>{} : got.error();
}

Result<bool> MediaFiles::bring(const std::string& path) {
    if (!vault_)
        return false;
    bool none = false;
    const Result<> brought = put(path, [&](int to) -> Result<> {
        const Result<bool> got = vault_->get(base_of_path(path), to);
        none = got && !*got;
        if (none)
            return Failure{Cause::not_found, path + " is not kept"};
        return got ? Result<>{} : got.error();
    });
    if (!brought && !none)
        return brought.error();
    return !none;
}

Result<> MediaFiles::bring_with_stem(const std::string& stem) {
    if (!vault_)
        return {};
    const Result<std::string> name = vault_->find(base_of_path(stem));
    if (!name)
        return name.error();
    if (name->empty() || name->find('/') != std::string::npos)
        return {};
    const Result<bool> brought = bring(directory_ + "/" + *name);
    return brought ? Result<>{} : brought.error();
}

Result<std::string> MediaFiles::here(const std::string& file) {
    const std::optional<std::string> ours = vault_ ? ours_of(file) : std::nullopt;
    if (!ours || ::access(file.c_str(), F_OK) == 0)
        return file;
    if (::access(ours->c_str(), F_OK) == 0)
        return *ours;
    const Result<bool> brought = bring(*ours);
    if (!brought)
        return brought.error();
    return *ours;
}

/// What is not regular would hang or never end; the bytes are shared where the file system can do that.
Result<std::string> MediaFiles::copy(const std::string& file, const std::string& path) {
    struct stat there {};
    if (::stat(path.c_str(), &there) == 0)
        return path;
    // Kept by another machine, whose file it was: one of the same path here is another.
    const Result<bool> brought = bring(path);
    if (!brought)
        return brought.error();
    if (*brought)
        return path;
    const Result<std::string> original = here(file);
    if (!original)
        return original.error();
    const Descriptor from{::open(original->c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
    if (from.get() < 0 || ::fstat(from.get(), &there) != 0)
        return unreadable(file, std::generic_category().message(errno),
                          errno == EACCES ? Cause::permission : Cause::not_found);
    if (!S_ISREG(there.st_mode))
        return unreadable(file, "it is no regular file");
    if (static_cast<std::uint64_t>(there.st_size) > most_bytes)
        return file; // it would fill the disk, and others would wait for it
    const Result<> copied =
        put(path, [&](int to) { return copy_bytes(from.get(), to) ? share(path, to) : file_trouble(path); });
    if (!copied)
        return copied.error();
    return path;
}

/// What is here and what is in the vault, each name once. What of the vault cannot be listed is told of the
/// next time.
std::vector<MediaFetcher::Kept> MediaFiles::all() const {
    std::vector<MediaFetcher::Kept> list = all_here();
    if (!vault_)
        return list;
    Result<std::vector<MediaVault::Entry>> elsewhere = vault_->all();
    if (!elsewhere)
        return list;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < list.size(); ++i)
        places.emplace(list[i].file, i);
    for (const MediaVault::Entry& entry : *elsewhere) {
        if (entry.name.find('/') != std::string::npos || !is_own(entry.name))
            continue;
        MediaFetcher::Kept kept;
        kept.file = directory_ + "/" + entry.name;
        kept.name = std::filesystem::path{entry.name}.stem().string();
        kept.name.resize(kept.name.rfind('-'));
        kept.since = entry.since; // not when it was brought here
        kept.bytes = entry.bytes;
        if (const auto known = places.find(kept.file); known != places.end())
            list[known->second] = std::move(kept);
        else
            list.push_back(std::move(kept));
    }
    return list;
}

std::vector<MediaFetcher::Kept> MediaFiles::all_here() const {
    std::vector<MediaFetcher::Kept> list;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{directory_, error}) {
        if (entry.path().extension() == partial || !is_own(entry.path()))
            continue;
        MediaFetcher::Kept kept;
        kept.file = directory_ + "/" + entry.path().filename().string();
        kept.name = entry.path().stem().string();
        kept.name.resize(kept.name.rfind('-'));
        struct stat there {};
        if (::stat(kept.file.c_str(), &there) != 0)
            continue;
        kept.since = Instant{std::chrono::seconds{there.st_mtim.tv_sec}};
        kept.bytes = static_cast<std::uint64_t>(there.st_size);
        list.push_back(std::move(kept));
    }
    return list;
}

/// What a person is shown of what went out.
constexpr off_t most_shown = 2 << 20;
constexpr std::uint64_t most_shown_together = 64U << 20U;

void MediaFiles::put_by(const std::string& whose) {
    struct stat there {};
    const std::optional<std::string> ours = ours_of(whose);
    if (!ours)
        return;
    const std::string& file = *ours;
    forget_elsewhere(file);
    if (::lstat(file.c_str(), &there) != 0)
        return;
    const std::string place = shown(file);
    const std::string directory = directory_ + "/shown";
    if (::mkdir(directory.c_str(), 0700) == 0) {
        const Descriptor made{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        (void)give_to_owner(made.get(), directory_);
    }
    const bool fits = S_ISREG(there.st_mode) && there.st_size <= most_shown;
    if (!fits || ::rename(file.c_str(), place.c_str()) != 0) {
        ::unlink(file.c_str());
        return;
    }
    if (shown_bytes_)
        *shown_bytes_ += static_cast<std::uint64_t>(there.st_size);
    if (!shown_bytes_ || *shown_bytes_ > most_shown_together)
        trim_shown();
}

/// The oldest go: by when they were put by, which a rename leaves in a file's ctime. An eighth at a time: for
/// each picture that goes out all of them would be looked at otherwise, which costs more than its upload.
void MediaFiles::trim_shown() {
    std::vector<std::pair<std::int64_t, std::pair<std::uint64_t, std::string>>> all;
    std::uint64_t together = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{directory_ + "/shown", error}) {
        struct stat there {};
        const std::string path = entry.path().string();
        if (::lstat(path.c_str(), &there) != 0 || !S_ISREG(there.st_mode))
            continue;
        const auto bytes = static_cast<std::uint64_t>(there.st_size);
        const std::int64_t since =
            std::int64_t{there.st_ctim.tv_sec} * 1'000'000'000 + std::int64_t{there.st_ctim.tv_nsec};
        together += bytes;
        all.emplace_back(since, std::pair{bytes, path});
    }
    if (together > most_shown_together) {
        std::sort(all.begin(), all.end());
        for (const auto& [since, file] : all) {
            if (together <= most_shown_together / 8 * 7)
                break;
            ::unlink(file.second.c_str());
            together -= file.first;
        }
    }
    shown_bytes_ = together;
}

Result<std::string> MediaFiles::head(const std::string& file) {
    const Descriptor from{::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
    std::string bytes(media::kind_head, '\0');
    const ssize_t length = from.get() < 0 ? -1 : ::read(from.get(), bytes.data(), bytes.size());
    if (length < 0)
        return unreadable(file, std::generic_category().message(errno),
                          errno == EACCES ? Cause::permission : Cause::not_found);
    bytes.resize(static_cast<std::size_t>(length));
    return bytes;
}

Result<std::string> MediaFiles::read(const std::string& file, std::uint64_t most) {
    int number = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const std::optional<std::string> ours = ours_of(file);
    if (number < 0 && ours)
        number = ::open(shown(*ours).c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    if (number < 0 && ours && vault_) {
        const Result<std::string> brought = here(file);
        if (!brought)
            return brought.error();
        number = ::open(brought->c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    }
    const Descriptor from{number};
    struct stat there {};
    if (from.get() < 0 || ::fstat(from.get(), &there) != 0)
        return unreadable(file, std::generic_category().message(errno),
                          errno == EACCES ? Cause::permission : Cause::not_found);
    if (!S_ISREG(there.st_mode))
        return unreadable(file, "it is no regular file");
    if (static_cast<std::uint64_t>(there.st_size) > most)
        return Failure{Cause::unsupported, file + " is larger than " + std::to_string(most) + " bytes"};
    std::string bytes(static_cast<std::size_t>(there.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::read(from.get(), bytes.data() + done, bytes.size() - done);
        if (n > 0)
            done += static_cast<std::size_t>(n);
        else if (n == 0 || errno != EINTR)
            break;
    }
    bytes.resize(done);
    return bytes;
}

class MediaStash final : public MediaFetcher {
public:
    MediaStash(HttpClient& http, std::string directory, std::unique_ptr<MediaVault> vault)
        : http_(http)
        , files_(std::move(directory), std::move(vault))
        , worker_("crier-media", [](std::vector<Job> jobs) {
            for (const Job& job : jobs) {
                job.work();
                job.resume();
            }
        }) {}

    asio::awaitable<FetchedMedia> fetch(std::string url, std::string name, bool allow_private,
                                        std::uint64_t max_bytes) override;

    asio::awaitable<Result<std::string>> keep(std::string file, std::string name) override;
    asio::awaitable<Result<std::string>> keep_bytes(std::string bytes, std::string name,
                                                    std::string extension) override;
    asio::awaitable<Result<std::string>> read(std::string file, std::uint64_t most) override;
    asio::awaitable<Result<std::string>> head(std::string file) override;
    asio::awaitable<std::vector<Kept>> all_kept() override;

    void forget(const std::string& file) override;
    void put_by(const std::string& file) override;

private:
    struct Job {
        std::function<void()> work;
        std::function<void()> resume;
    };

    /// A big file takes its time: not on the engine's thread.
    template <class T>
    asio::awaitable<T> elsewhere(std::function<T()> work);

    HttpClient& http_;
    MediaFiles files_;
    Turns downloads_; ///< one at a time, for the memory that each takes
    Worker<Job> worker_;
};

template <class T>
asio::awaitable<T> MediaStash::elsewhere(std::function<T()> work) {
    std::optional<T> done;
    Job job;
    job.work = [&] { done.emplace(work()); };
    asio::any_io_executor engine = co_await asio::this_coro::executor;
    auto begin = [this, &job](std::function<void()> resume) {
        job.resume = std::move(resume);
        worker_.push(std::move(job));
    };
    co_await suspend(std::move(engine), std::move(begin));
    co_return std::move(*done);
}

/// A film's many blocks take the disk as long to give back as to write.
void MediaStash::forget(const std::string& file) {
    Job job;
    job.work = [this, file] { files_.forget(file); };
    job.resume = [] {};
    worker_.push(std::move(job));
}

asio::awaitable<Result<std::string>> MediaStash::keep(std::string file, std::string name) {
    std::string path = files_.stem(file, name) + extension_of(file);
    std::function<Result<std::string>()> copy = [&] { return files_.copy(file, path); };
    co_return co_await elsewhere<Result<std::string>>(std::move(copy));
}

void MediaStash::put_by(const std::string& file) {
    Job job;
    job.work = [this, file] { files_.put_by(file); };
    job.resume = [] {};
    worker_.push(std::move(job));
}

asio::awaitable<Result<std::string>> MediaStash::keep_bytes(std::string bytes, std::string name,
                                                            std::string extension) {
    std::string path = files_.stem(name, name) + extension;
    std::function<Result<>()> write = [&] { return files_.keep(path, bytes); };
    const Result<> kept = co_await elsewhere<Result<>>(std::move(write));
    if (!kept)
        co_return kept.error();
    co_return path;
}

asio::awaitable<Result<std::string>> MediaStash::read(std::string file, std::uint64_t most) {
    std::function<Result<std::string>()> look = [&] { return files_.read(file, most); };
    co_return co_await elsewhere<Result<std::string>>(std::move(look));
}

asio::awaitable<Result<std::string>> MediaStash::head(std::string file) {
    std::function<Result<std::string>()> look = [&] { return MediaFiles::head(file); };
    co_return co_await elsewhere<Result<std::string>>(std::move(look));
}

asio::awaitable<std::vector<MediaFetcher::Kept>> MediaStash::all_kept() {
    std::function<std::vector<Kept>()> look = [&] { return files_.all(); };
    co_return co_await elsewhere<std::vector<Kept>>(std::move(look));
}

/// What a later look cannot change is told apart from a network that is down for now.
Verdict verdict_of(const Failure& failure) {
    switch (failure.cause) {
    case Cause::config:     // the address is none
    case Cause::permission: // a private one
    case Cause::server:     // too large, or no HTTP
        return Verdict::refused;
    default:
        return Verdict::unknown;
    }
}

bool comes_back(int status) {
    return status >= 500 || status == 429 || status == 408 || status == 425;
}

asio::awaitable<FetchedMedia> MediaStash::fetch(std::string url, std::string name, bool allow_private,
                                                std::uint64_t max_bytes) {
    const std::string stem = files_.stem(url, name);
    if (auto kept = files_.find(stem))
        co_return std::move(*kept);
    if (files_.has_vault()) {
        std::function<Result<>()> look = [&] { return files_.bring_with_stem(stem); };
        const Result<> brought = co_await elsewhere<Result<>>(std::move(look));
        if (!brought)
            co_return refused(Verdict::unknown, 0, brought.error().message);
        if (auto kept = files_.find(stem))
            co_return std::move(*kept);
    }
    const Turns::Turn turn = co_await downloads_.take();
    HttpRequest request{"GET", url};
    request.follow_redirects = true;
    request.allow_private = allow_private;
    request.max_body = static_cast<std::size_t>(std::min(max_bytes, most_bytes));
    request.headers.emplace_back("Accept", "image/*, video/*, audio/*");
    const HttpResult result = co_await http_.send(std::move(request));
    if (!result) {
        const Failure& failure = result.error().failure;
        co_return refused(verdict_of(failure), 0, failure.message);
    }
    if (result->status != 200)
        co_return refused(comes_back(result->status) ? Verdict::unknown : Verdict::refused, result->status,
                          "it cannot be had: the answer is " + std::to_string(result->status));
    const media::Kind* kind = media::kind_of(result->body);
    if (kind == nullptr)
        co_return refused(Verdict::media_failed, result->status, "it is no picture, video or sound");
    std::string path = stem + std::string{kind->extension};
    std::function<Result<>()> write = [&] { return files_.keep(path, result->body); };
    const Result<> kept = co_await elsewhere<Result<>>(std::move(write));
    if (!kept)
        co_return refused(Verdict::unknown, 0, kept.error().message);
    co_return ready(std::move(path), *kind);
}

} // namespace

std::unique_ptr<MediaFetcher> make_media_stash(HttpClient& http, std::string directory,
                                               std::unique_ptr<MediaVault> vault) {
    return std::make_unique<MediaStash>(http, std::move(directory), std::move(vault));
}

} // namespace crier::store
