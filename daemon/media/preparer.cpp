#include "media/preparer.hpp"

#include "core/media/fit.hpp"
#include "core/media/strip.hpp"
#include "media/picture_process.hpp"
#include "media/stripped_file.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::media {

namespace asio = boost::asio;

namespace {

/// A file on its way: of the original, or of what was made of it.
struct Ready {
    std::string file;
    Look look;
    bool bare = false; ///< made anew without what tells

    Ready() = default;
};

Result<Look> look_at_file(const std::string& file) {
    const Result<FileBytes> bytes = FileBytes::open(file);
    if (!bytes)
        return bytes.error();
    return look(*bytes);
}

/// Why a file cannot go, as the engine wants it.
struct Refusal {
    Verdict verdict = Verdict::media_failed;
    std::string text;
    std::string hint;

    Refusal() = default;
    Refusal(Verdict v, std::string words, std::string mend)
        : verdict(v)
        , text(std::move(words))
        , hint(std::move(mend)) {}
};
using Readied = boost::system::result<Ready, Refusal>;

/// Whatever is only so at this moment may be otherwise later.
Verdict verdict_of(const Failure& failure, Verdict otherwise) {
    return failure.cause == Cause::temporary ? Verdict::not_sent : otherwise;
}

std::string base_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

/// All that is wrong, in one line.
Refusal refusal_of(const std::vector<Misfit>& found) {
    Refusal refusal;
    for (const Misfit& misfit : found) {
        refusal.text += (refusal.text.empty() ? "" : "; ") + misfit.what;
        if (refusal.hint.find(misfit.hint) == std::string::npos)
            refusal.hint += (refusal.hint.empty() ? "" : "; ") + misfit.hint;
    }
    return refusal;
}

class Preparer final : public MediaPreparer {
public:
    Preparer(WorkerPool& pool, CommandRunner& runner, std::string program, std::string directory)
        : pool_(pool)
        , runner_(runner)
        , program_(std::move(program))
        , directory_(std::move(directory)) {}

    asio::awaitable<PreparedMedia> prepare(MediaOrder order) override;
    void forget(const Media& sent) override {
        remove(sent.copy);
        remove(sent.thumbnail_copy);
    }
    void sweep() override;

private:
    template <class T>
    asio::awaitable<Result<T>> elsewhere(std::function<Result<T>()> work);
    [[nodiscard]] Result<> make_directory() const;
    void remove(const std::string& file) const;

    [[nodiscard]] asio::awaitable<Result<Look>> look_at(std::string file);
    /// What there is, made to fit and stripped; `stem` is what is made is called, without its extension.
    [[nodiscard]] asio::awaitable<Readied> ready(Ready from, const MediaOrder& order,
                                                 std::vector<Misfit> misfits, std::string stem,
                                                 std::vector<std::string>& notes);
    [[nodiscard]] asio::awaitable<Readied> scale(Ready from, const MediaOrder& order, std::string stem);
    [[nodiscard]] asio::awaitable<Readied> checked(Ready made);
    [[nodiscard]] asio::awaitable<Readied> take_out(Ready from, const MediaOrder& order, std::string stem);

    WorkerPool& pool_;
    CommandRunner& runner_;
    std::string program_;
    std::string directory_;
};

/// The work may outlive whoever waits: it owns what it needs.
template <class T>
asio::awaitable<Result<T>> Preparer::elsewhere(std::function<Result<T>()> work) {
    const auto result = std::make_shared<Result<T>>(Failure{Cause::internal, "not done"});
    std::function<void()> job = [result, work = std::move(work)] { *result = work(); };
    co_await pool_.run(std::move(job));
    co_return std::move(*result);
}

Result<> Preparer::make_directory() const {
    if (::mkdir(directory_.c_str(), 0700) == 0 || errno == EEXIST)
        return {};
    // The stash makes its own with the first picture that it keeps, and this is below it.
    const std::string above = directory_.substr(0, directory_.rfind('/'));
    if (errno == ENOENT && ::mkdir(above.c_str(), 0700) == 0 && ::mkdir(directory_.c_str(), 0700) == 0)
        return {};
    return Failure{Cause::temporary, directory_ + ": " + std::generic_category().message(errno),
                   "make the store's directory writable"};
}

void Preparer::remove(const std::string& file) const {
    const std::size_t slash = file.rfind('/');
    if (slash != std::string::npos && std::string_view{file}.substr(0, slash) == directory_)
        ::unlink(file.c_str());
}

void Preparer::sweep() {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{directory_, error})
        ::unlink(entry.path().c_str());
}

asio::awaitable<Result<Look>> Preparer::look_at(std::string file) {
    std::function<Result<Look>()> work = [file = std::move(file)] { return look_at_file(file); };
    co_return co_await elsewhere<Look>(std::move(work));
}

asio::awaitable<Readied> Preparer::scale(Ready from, const MediaOrder& order, std::string stem) {
    if (const Result<> made = make_directory(); !made)
        co_return Refusal{Verdict::not_sent, made.error().message, made.error().hint};
    PictureJob job;
    job.from = from.file;
    job.suffix = std::string{kind_of(from.look.format).extension};
    job.to = stem + "-made" + job.suffix;
    job.limits = picture_limits(order.server);
    job.bare = order.media.strip_metadata && is_remade(from.look); // of the others it is taken out after this
    Ready made;
    made.file = job.to;
    const bool job_bare = job.bare;
    const Result<> done = co_await make_picture(runner_, program_, std::move(job));
    if (!done)
        co_return Refusal{verdict_of(done.error(), Verdict::media_failed), done.error().message,
                          done.error().hint};
    const Result<Look> found = co_await look_at(made.file);
    if (!found)
        co_return Refusal{Verdict::not_sent, found.error().message, found.error().hint};
    made.look = *found;
    made.bare = job_bare;
    co_return made;
}

/// A new file without what tells. It must be the same picture, or it is none.
asio::awaitable<Readied> Preparer::take_out(Ready from, const MediaOrder& order, std::string stem) {
    // Where no bytes can be taken out, all of them can be made anew: only a picture's, and only here.
    if (is_remade(from.look) && can_scale()) {
        Readied made{from};
        if (!from.bare)
            made = co_await scale(from, order, stem);
        if (made)
            made = co_await checked(*made);
        co_return made;
    }
    if (const Result<> made = make_directory(); !made)
        co_return Refusal{Verdict::not_sent, made.error().message, made.error().hint};
    const std::string extension = from.look.format == Format::unknown
                                      ? std::string{}
                                      : std::string{kind_of(from.look.format).extension};
    Ready stripped;
    stripped.file = stem + "-bare" + extension;
    std::function<Result<Look>()> work = [from, to = stripped.file]() -> Result<Look> {
        const Result<FileBytes> bytes = FileBytes::open(from.file);
        if (!bytes)
            return bytes.error();
        const Result<std::vector<Piece>> pieces = strip(*bytes, from.look);
        if (!pieces)
            return pieces.error();
        if (const Result<> written = write_pieces(*bytes, *pieces, to); !written)
            return written.error();
        Result<Look> now = look_at_file(to);
        const bool same = now && now->format == from.look.format && now->pixels() == from.look.pixels() &&
                          now->orientation == from.look.orientation && now->wrong.empty();
        if (now && !same)
            return Failure{Cause::server, "what was left of it is not the same picture",
                           "put a whole file there"};
        return now;
    };
    const Result<Look> found = co_await elsewhere<Look>(std::move(work));
    if (!found) {
        remove(stripped.file);
        co_return Refusal{verdict_of(found.error(), Verdict::media_kept_back),
                          "is to be stripped of what it tells, and is not: " + found.error().message,
                          found.error().hint};
    }
    stripped.look = *found;
    co_return stripped;
}

/// What the encoder wrote of its own accord is looked for.
asio::awaitable<Readied> Preparer::checked(Ready made) {
    std::function<Result<bool>()> work = [file = made.file]() -> Result<bool> {
        const Result<FileBytes> bytes = FileBytes::open(file);
        if (!bytes)
            return bytes.error();
        return boxed_picture_tells(*bytes);
    };
    const Result<bool> tells = co_await elsewhere<bool>(std::move(work));
    if (tells && !*tells)
        co_return made;
    remove(made.file);
    co_return Refusal{Verdict::media_kept_back, "is to be stripped of what it tells, and is not",
                      "attach a JPEG or PNG"};
}

asio::awaitable<Readied> Preparer::ready(Ready from, const MediaOrder& order, std::vector<Misfit> found,
                                         std::string stem, std::vector<std::string>& notes) {
    const bool only_large =
        std::all_of(found.begin(), found.end(), [](const Misfit& misfit) { return misfit.too_large; });
    if (!found.empty() && !only_large)
        co_return refusal_of(found);
    const Ready original = from;
    if (!found.empty()) {
        Refusal refusal = refusal_of(found);
        if (from.look.animated) {
            refusal.hint = "make it smaller by yourself: what moves is not scaled";
            co_return refusal;
        }
        if (!can_scale()) {
            refusal.hint = no_scaling;
            co_return refusal;
        }
        Readied made = co_await scale(from, order, stem);
        if (!made) {
            Refusal why = made.error();
            why.text = refusal.text + "; " + why.text;
            co_return why;
        }
        from = *made;
        notes.push_back(base_of(order.media.file) + " was scaled down: " + in_words(original.look) + " to " +
                        in_words(from.look));
    }
    if (!order.media.strip_metadata)
        co_return from;
    Readied bare = co_await take_out(from, order, stem);
    if (from.file != original.file && (!bare || bare->file != from.file))
        remove(from.file);
    co_return bare;
}

/// A name that tells nothing, with the extension of what it is.
std::string plain_name(const Look& look, const std::string& file) {
    std::string name = "picture";
    if (look.sort() == Sort::sound)
        name = "sound";
    else if (look.sort() == Sort::film)
        name = "film";
    return look.format == Format::unknown ? name + std::filesystem::path{file}.extension().string()
                                          : name + std::string{kind_of(look.format).extension};
}

asio::awaitable<PreparedMedia> Preparer::prepare(MediaOrder order) {
    PreparedMedia prepared;
    prepared.to_send = order.media;
    Media& media = prepared.to_send;
    const auto refuse = [&prepared](const Refusal& refusal) {
        prepared.reply = Reply{refusal.verdict, 0, refusal.text};
        prepared.reply.hint = refusal.hint;
    };
    const auto no_file = [&refuse, &prepared](const Failure& failure) {
        prepared.missing = failure.cause == Cause::not_found;
        refuse(Refusal{verdict_of(failure, Verdict::media_failed), failure.message, failure.hint});
    };
    const std::string stem = directory_ + "/" + order.name;
    Ready file;
    file.file = media.to_send();
    const Result<Look> seen = co_await look_at(file.file);
    if (!seen) {
        no_file(seen.error());
        co_return prepared;
    }
    file.look = *seen;
    std::vector<Misfit> found = misfits(file.look, order.server, order.alone);
    if (Misfit alt = alt_misfit(media.alt, order.server); !alt.what.empty())
        found.push_back(std::move(alt));
    const Look original = file.look;
    const Readied ready_file = co_await ready(file, order, std::move(found), stem, prepared.notes);
    if (!ready_file) {
        refuse(ready_file.error());
        co_return prepared;
    }
    media.copy = ready_file->file;
    if (std::string type = type_for(ready_file->look, order.server); !type.empty())
        media.type = std::move(type);
    if (media.strip_metadata)
        media.file = plain_name(ready_file->look, media.file);
    if (!media.thumbnail.empty()) {
        Ready thumbnail;
        thumbnail.file = media.thumbnail_copy.empty() ? media.thumbnail : media.thumbnail_copy;
        const Result<Look> small = co_await look_at(thumbnail.file);
        if (!small) {
            forget(media);
            no_file(small.error());
            co_return prepared;
        }
        thumbnail.look = *small;
        std::vector<Misfit> wrong = thumbnail_misfits(original, thumbnail.look, order.server);
        const Readied ready_small =
            co_await ready(thumbnail, order, std::move(wrong), stem + "-thumbnail", prepared.notes);
        if (!ready_small) {
            forget(media);
            Refusal refusal = ready_small.error();
            if (original.sort() != Sort::picture)
                refusal.text = "its thumbnail " + thumbnail.file + ": " + refusal.text;
            refuse(refusal);
            co_return prepared;
        }
        media.thumbnail_copy = ready_small->file;
    }
    prepared.reply = Reply{Verdict::media_ready, 0, {}};
    co_return prepared;
}

} // namespace

std::unique_ptr<MediaPreparer> make_preparer(WorkerPool& pool, CommandRunner& runner, std::string program,
                                             std::string directory) {
    return std::make_unique<Preparer>(pool, runner, std::move(program), std::move(directory));
}

} // namespace crier::media
