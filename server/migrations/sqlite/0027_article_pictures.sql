-- Which pictures any version of an article 安全知识文章 has shown. Made again with the articles.
CREATE TABLE article_pictures (
    digest  BLOB NOT NULL,                          -- SHA-256 of its bytes
    article TEXT NOT NULL,
    PRIMARY KEY (digest, article)
) STRICT, WITHOUT ROWID;
