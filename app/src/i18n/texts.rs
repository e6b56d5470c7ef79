//! How an area of texts is written: `key => "中文" | "English";`, with arguments where something is filled in.

/// Declares an area: a struct of the language with one function for each text.
///
/// * `key => "中文" | "English";` gives `fn key(self) -> &'static str`
/// * `key(name: &str) => "你好，{name}" | "Hello, {name}";` gives `fn key(self, name: &str) -> String`
/// * `key(n: u32) => "{n} 张" | "{n} photo" / "{n} photos";` takes the second English text unless the first
///   argument is 1 (Chinese has no plural)
///
/// A `///` before a key is a note for translators.
macro_rules! texts {
    (
        $(#[$doc:meta])*
        $area:ident {
            $(
                $(#[$note:meta])*
                $key:ident $(( $($arg:ident : $ty:ty),+ $(,)? ))? => $zh:literal | $en:literal $(/ $many:literal)? ;
            )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $area(pub(super) $crate::i18n::Lang);

        impl $area {
            $(
                text! { [$(#[$note])*] $key ($($($arg: $ty),+)?) $zh, $en $(, $many)? }
            )*
        }
    };
}

/// One text of an area: see [`texts!`].
macro_rules! text {
    ([$($note:tt)*] $key:ident () $zh:literal, $en:literal) => {
        #[doc = concat!("“", $zh, "” · “", $en, "”")]
        #[doc = ""]
        $($note)*
        pub const fn $key(self) -> &'static str {
            match self.0 {
                $crate::i18n::Lang::Zh => $zh,
                $crate::i18n::Lang::En => $en,
            }
        }
    };
    ([$($note:tt)*] $key:ident ($($arg:ident : $ty:ty),+) $zh:literal, $en:literal) => {
        #[doc = concat!("“", $zh, "” · “", $en, "”")]
        #[doc = ""]
        $($note)*
        pub fn $key(self, $($arg: $ty),+) -> String {
            match self.0 {
                $crate::i18n::Lang::Zh => format!($zh),
                $crate::i18n::Lang::En => format!($en),
            }
        }
    };
    ([$($note:tt)*] $key:ident ($n:ident : $nty:ty $(, $arg:ident : $ty:ty)*) $zh:literal, $en:literal, $many:literal) => {
        #[doc = concat!("“", $zh, "” · “", $en, "” / “", $many, "”")]
        #[doc = ""]
        $($note)*
        pub fn $key(self, $n: $nty $(, $arg: $ty)*) -> String {
            match self.0 {
                $crate::i18n::Lang::Zh => format!($zh),
                $crate::i18n::Lang::En if $n == 1 => format!($en),
                $crate::i18n::Lang::En => format!($many),
            }
        }
    };
}

/// Names for the variants of an enum of core: `fn grade(self, it: Grade) -> &'static str`. A variant without a
/// name does not compile.
macro_rules! names {
    (
        $(#[$doc:meta])*
        $area:ident {
            $(
                $(#[$note:meta])*
                $key:ident ( $ty:ident ) { $( $variant:ident => $zh:literal | $en:literal ; )* }
            )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $area(pub(super) $crate::i18n::Lang);

        impl $area {
            $(
                $(#[$note])*
                pub const fn $key(self, it: $ty) -> &'static str {
                    match (self.0, it) {
                        $(
                            ($crate::i18n::Lang::Zh, $ty::$variant { .. }) => $zh,
                            ($crate::i18n::Lang::En, $ty::$variant { .. }) => $en,
                        )*
                    }
                }
            )*
        }
    };
}
